// Where a proposed place lies, and how many of each kind there are, in words.

import type { Kind } from '../../../../shared/contract.ts';
import type { Site } from '../../../../shared/placement.ts';
import type { Words } from '../../../../shared/words.ts';
import { kindWord } from '../../../panels/parts.tsx';

/** `Rhine, left bank at 2.1 km · Vaduz`. */
export function whereText(t: Words, site: Site): string {
  const water = site.water_body_name ?? t('deskSiteWater');
  const where =
    site.side === null || site.chainage_m === null
      ? water
      : t('deskSiteAt', {
          water,
          side: t(`deskSiteSide_${site.side}`),
          at: t.meters(site.chainage_m),
        });
  return [where, site.village_name ?? site.village].filter(Boolean).join(' · ');
}

/** `Rescue pole 12, Life ring 8`. */
export const piecesText = (t: Words, pieces: readonly { readonly kind: Kind; readonly sites: number }[]) =>
  t.list(pieces.map(({ kind, sites }) => t('deskSiteOfKind', { kind: t(kindWord(kind)), n: sites })));
