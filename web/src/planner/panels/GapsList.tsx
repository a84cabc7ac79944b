// The stretches of bank that are too far, longest first; a click flies there and explains.
import type { Key } from '../../shared/words.ts';
import { type GapRow, gapRows, nameOfVillage, nameOfWater } from '../answers.ts';
import { FaultNote, Skeleton } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export function GapsList() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const gaps = usePart((s) => s.gaps);
  const rows = usePart(gapRows);
  const kinds = usePart((s) => s.kinds);
  if (kinds.length === 0) return <p class="empty">{t('noKinds')}</p>;
  if (gaps.value === null) {
    return gaps.fault === null ? (
      <Skeleton rows={8} doing="reach" asked={gaps} />
    ) : (
      <FaultNote asked={gaps} />
    );
  }
  if (rows.length === 0) return <p class="empty is-good">{t('gapsNone')}</p>;
  const { total } = gaps.value;
  return (
    <>
      <FaultNote asked={gaps} />
      <p class="list-lead">
        <b>{total === 1 ? t('gapsCountOne') : t('gapsCount', { n: total })}</b>{' '}
        {rows.length < total && t('gapsShown', { n: rows.length })}
      </p>
      <ol class={gaps.is_waiting ? 'gaps is-stale' : 'gaps'}>
        {rows.map((row) => (
          <Row key={row.gap.properties.id} row={row} />
        ))}
      </ol>
      {rows.length < total && (
        <button type="button" class="button" onClick={() => dispatch({ is: 'moreGapsWanted' })}>
          {t('gapsMore')}
        </button>
      )}
    </>
  );
}

function Row({ row: { gap, left_m } }: { row: GapRow }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const p = gap.properties;
  const water = usePart((s) => nameOfWater(s, p.water_body)) ?? t('gapNoWater');
  const village = usePart((s) => nameOfVillage(s, p.village));
  const closed_m = p.length_m - left_m;
  return (
    <li>
      <button
        type="button"
        class="gap"
        onClick={() => dispatch({ is: 'selected', selection: { what: 'gap', id: p.id }, flies: true })}
      >
        <span class={`gap-length is-${p.reason}`}>{t.meters(p.length_m)}</span>
        <span class="gap-text">
          <b>{water}</b>
          <small>
            {[village, t(`reason_${p.reason}` as Key)].filter((part) => part !== null).join(' · ')}
          </small>
        </span>
        <span class="gap-worst">
          {left_m < 0.5
            ? t('gapClosed')
            : closed_m >= 0.5
              ? t('gapLeft', { m: t.meters(left_m) })
              : p.worst_reach_m === null
                ? t('gapNoWay')
                : t('gapWorst', { m: t.meters(p.worst_reach_m) })}
        </span>
      </button>
    </li>
  );
}
