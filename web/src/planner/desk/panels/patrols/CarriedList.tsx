// What nobody comes to this evening: said by name, and due again on the next.
import type { Carried } from '../../../../shared/patrols.ts';
import { useWords } from '../../../panels/planner.ts';
import { usePatrol } from './context.ts';
import { MoveTo } from './MoveTo.tsx';
import { ShowLink } from './ShowLink.tsx';
import { carriedText } from './texts.ts';

/** So many are listed; the rest is on the map, and in the plan. */
const MOST_LISTED = 40;

export function CarriedList() {
  const t = useWords();
  const carried = usePatrol((s) => (s.trial?.after ?? s.shown)?.plan.carried ?? []);
  const carried_m = usePatrol((s) => (s.trial?.after ?? s.shown)?.plan.carried_m ?? 0);
  if (carried.length === 0) return null;
  // The highest risk first, then what has waited longest.
  const order = (a: Carried, b: Carried) =>
    b.risk - a.risk || b.evenings - a.evenings || b.length_m - a.length_m;
  return (
    <details class="patrols-more patrols-carried">
      <summary>{t('deskPatrolCarried', { n: carried.length, m: t.meters(carried_m) })}</summary>
      <p class="hint">{t('deskPatrolCarriedHint')}</p>
      <ul class="desk-rows">
        {[...carried]
          .sort(order)
          .slice(0, MOST_LISTED)
          .map((row, i) => (
            <Row key={`${row.stretch} ${i}`} row={row} n={i + 1} />
          ))}
      </ul>
      {carried.length > MOST_LISTED && (
        <p class="hint">{t('deskPatrolCarriedMore', { n: carried.length - MOST_LISTED })}</p>
      )}
    </details>
  );
}

function Row({ row, n }: { row: Carried; n: number }) {
  const t = useWords();
  const name = carriedText(t, row);
  return (
    <li>
      <span>
        <ShowLink line={row.line}>{name}</ShowLink>
        <small>
          {[
            t.meters(row.length_m),
            t('deskPatrolRisk', { n: row.risk }),
            t('deskPatrolLate', { n: row.evenings }),
            t(`deskPatrolWhy_${row.reason}`),
          ].join(' · ')}
        </small>
      </span>
      {row.reason === 'no_time' && <MoveTo stretch={row.stretch} name={name} from={null} n={n} />}
    </li>
  );
}
