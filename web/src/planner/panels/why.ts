// Why a stretch of bank is too far, in plain words.
import type { GapProperties } from '../../shared/contract.ts';
import type { Key, Words } from '../../shared/words.ts';

/** Why a stretch is too far, in a sentence or two. */
export function whyText(t: Words, p: GapProperties, piece: string | null, limit_m: number): string {
  const limit = t.meters(limit_m);
  const straight_m = p.nearest_straight_m;
  switch (p.reason) {
    case 'across_water':
      return piece === null || straight_m === null
        ? t('why_across_water_any')
        : t('why_across_water', { piece, m: t.meters(straight_m) });
    case 'none_near': {
      const isNear = straight_m !== null && straight_m <= limit_m;
      const why = t(isNear ? 'why_none_near_blocked' : 'why_none_near', { limit });
      return piece === null || straight_m === null
        ? why
        : `${why}${t.language === 'zh' ? '' : ' '}${t('whyNearest', { piece, m: t.meters(straight_m) })}`;
    }
    case 'only_unusable':
    case 'unreachable':
      return t(`why_${p.reason}` as Key, { limit });
  }
}
