// What the answer says to what was wished beside a number of pieces: which villages stay below, and what is moved.
import '../../../style/wishes.css';
import { useEffect, useState } from 'preact/hooks';
import type { Placement } from '../../../../../shared/placement.ts';
import { nameOfVillage } from '../../../../answers.ts';
import { kindWord } from '../../../../panels/parts.tsx';
import { usePart, useWords } from '../../../../panels/planner.ts';
import { NEAR } from '../../../placing/kinds.ts';
import { type Mover, moversOf, placeOf } from '../../../placing/movers.ts';
import type { Shown } from '../../../placing/state.ts';
import { usePlaced, usePlacing } from '../context.ts';
import { ShowButton } from '../ShowButton.tsx';

/** So many names are told; the others are counted. */
const MOST_NAMES = 8;

export function Outcome() {
  const t = useWords();
  const shown = usePlaced((s) => s.shown);
  if (shown === null) return null;
  const { result } = shown;
  return (
    <>
      <Weighted shown={shown} />
      {result.by_kind.some(({ limit_m }) => limit_m !== result.limit_m) && (
        <p class="hint">{t('deskWishOwnReach', { m: t.meters(result.limit_m) })}</p>
      )}
      {result.below.length > 0 && <Below below={result.below} />}
      {result.moved.length > 0 && <Movers result={result} />}
    </>
  );
}

/** How much was found that makes bank count more; plainly also that nothing was. */
function Weighted({ shown: { result, wish } }: { shown: Shown }) {
  const t = useWords();
  const asked = NEAR.filter((what) => wish.near[what] > 0);
  const [found, missing] = [true, false].map((is) =>
    asked.filter((what) => result.weighted_by[what] > 0 === is),
  );
  const things = found?.map((what) => t(`deskWishFound_${what}`, { n: result.weighted_by[what] })) ?? [];
  const texts = missing?.map((what) => t(`deskWishMissing_${what}`)) ?? [];
  if (things.length > 0) texts.unshift(t('deskWishFound', { things: t.list(things) }));
  return texts.length === 0 ? null : <p class="hint">{texts.join(t.language === 'zh' ? '' : ' ')}</p>;
}

function Below({ below }: { below: readonly string[] }) {
  const t = useWords();
  const percent = usePlaced((s) => s.shown?.wish.fair_percent ?? null);
  const told = usePart((s) => t.list(below.slice(0, MOST_NAMES).map((id) => nameOfVillage(s, id) ?? id)));
  const n_others = below.length - MOST_NAMES;
  return (
    <p class="note">
      {t('deskWishBelow', { n: below.length, pct: percent === null ? '' : t.percent(percent / 100) })}{' '}
      {n_others > 0 ? t('deskWishBelowMore', { names: told, n: n_others }) : told}
    </p>
  );
}

function Movers({ result }: { result: Placement }) {
  const t = useWords();
  const losses = useLosses(result);
  const equipment = usePart((s) => s.equipment.value);
  const movers = moversOf(result, equipment ?? []);
  const sum_m = losses === null || losses === 'failed' ? 0 : losses.reduce((sum, m) => sum + m, 0);
  return (
    <section class="wish" aria-label={t('deskWishMovers')}>
      <h2>{t('deskWishMovers')}</h2>
      <p class="hint">{t('deskWishMoversHint')}</p>
      <ul class="desk-rows" aria-label={t('deskWishMovers')}>
        {movers.map((mover) => (
          <Row
            key={mover.id}
            mover={mover}
            lost_m={losses === 'failed' ? losses : (losses?.[result.moved.indexOf(mover.id)] ?? null)}
          />
        ))}
      </ul>
      {sum_m >= 0.5 && movers.length > 1 && <p>{t('deskWishMoversSum', { m: t.meters(sum_m) })}</p>}
    </section>
  );
}

function Row({ mover, lost_m }: { mover: Mover; lost_m: number | 'failed' | null }) {
  const t = useWords();
  const { piece, site, by_m } = mover;
  const village = usePart((s) => nameOfVillage(s, piece?.properties.village ?? null));
  const name = piece?.properties.code ?? mover.id;
  const lost = () => {
    if (lost_m === null) return t('deskWishMoverWaits');
    if (lost_m === 'failed') return t('deskWishMoverUnknown');
    return lost_m < 0.5 ? t('deskWishMoverLosesNone') : t('deskWishMoverLoses', { m: t.meters(lost_m) });
  };
  return (
    <li>
      <span>
        {[name, piece && t(kindWord(piece.properties.kind)), village ?? piece?.properties.village]
          .filter(Boolean)
          .join(' · ')}
        <small>
          {[
            t('deskWishMoverTo', { n: site.rank }),
            by_m === null ? null : t('deskWishMoverBy', { m: t.meters(by_m) }),
            lost(),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      {piece !== null && (
        <span class="desk-do">
          <ShowButton at={placeOf(piece)} label={t('deskWishShowOf', { name })} />
        </span>
      )}
    </li>
  );
}

/** Asked for once for each answer; a late one to another answer is dropped. */
function useLosses(result: Placement): readonly number[] | 'failed' | null {
  const can = usePlacing();
  const [losses, setLosses] = useState<readonly number[] | 'failed' | null>(null);
  const key = `${result.moved.join()} ${result.limit_m} ${result.kinds.join()}`;
  useEffect(() => {
    let isWanted = true;
    setLosses(null);
    can.losses(result).then(
      (told) => isWanted && setLosses(told),
      () => isWanted && setLosses('failed'),
    );
    return () => {
      isWanted = false;
    };
  }, [key]);
  return losses;
}
