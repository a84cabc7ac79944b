// How often each stretch of bank was seen in the last weeks, those furthest behind first.
import { useState } from 'preact/hooks';
import type { StretchHistory } from '../../../../../shared/roster.ts';
import { Skeleton } from '../../../../panels/parts.tsx';
import { useWords } from '../../../../panels/planner.ts';
import { WEEKS } from '../../../roster/state.ts';
import { Field } from '../../parts.tsx';
import { ShowLink } from '../../patrols/ShowLink.tsx';
import { useRoster, useRosterPart } from '../context.ts';
import { RosterWrong } from '../parts.tsx';

const FIRST = 50;

export function HowOften() {
  const t = useWords();
  const can = useRoster();
  const weeks = useRosterPart((s) => s.weeks);
  const history = useRosterPart((s) => s.history);
  const hasFailed = useRosterPart((s) => s.fault?.what === 'often');
  const [isAll, showAll] = useState(false);
  const rows = byBehind(history?.stretches ?? []);
  const shown = isAll ? rows : rows.slice(0, FIRST);
  const n_behind = rows.filter((one) => one.seen < one.due).length;
  return (
    <>
      <Field label={t('deskWalkedWeeks')}>
        <select value={weeks} onChange={(e) => void can.lookBack(Number(e.currentTarget.value))}>
          {WEEKS.map((n) => (
            <option key={n} value={n}>
              {t('deskWalkedWeeksN', { n })}
            </option>
          ))}
        </select>
      </Field>
      <RosterWrong what={['often']} />
      {history === null && !hasFailed && <Skeleton rows={6} doing="page" />}
      {history !== null && (
        <>
          <p role="status">
            {rows.length === 0
              ? t('deskWalkedNoStretches')
              : t(n_behind === 0 ? 'deskWalkedNoneBehind' : 'deskWalkedBehind', {
                  n: n_behind,
                  all: rows.length,
                })}
          </p>
          <table class="roster-often">
            <caption class="hint">
              {t('deskWalkedOftenHint', { from: t.date(history.from), to: t.date(history.to) })}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('deskWalkedColumn_where')}</th>
                <th scope="col">{t('deskWalkedColumn_risk')}</th>
                <th scope="col">{t('deskWalkedColumn_length')}</th>
                <th scope="col">{t('deskWalkedColumn_seen')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row key={one.stretch} one={one} />
              ))}
            </tbody>
          </table>
          {shown.length < rows.length && (
            <button type="button" class="button" onClick={() => showAll(true)}>
              {t('deskWalkedMore', { n: rows.length - shown.length })}
            </button>
          )}
        </>
      )}
    </>
  );
}

function Row({ one }: { one: StretchHistory }) {
  const t = useWords();
  const name = one.water_body ?? t('deskWalkedNoName');
  return (
    <tr class={one.seen < one.due ? 'is-behind' : ''}>
      <th scope="row">
        <ShowLink
          line={one.line}
          label={t('deskWalkedShow', { name: `${name} ${one.village ?? ''}`.trim() })}
        >
          {name}
        </ShowLink>
        {one.village !== null && <small>{one.village}</small>}
      </th>
      <td>{one.risk}</td>
      <td>{t.meters(one.length_m)}</td>
      <td>
        {t('deskWalkedTimesOf', { seen: one.seen, due: one.due })}
        <span class="roster-meter" aria-hidden="true">
          <i style={{ width: `${one.due === 0 ? 100 : Math.min(1, one.seen / one.due) * 100}%` }} />
        </span>
      </td>
    </tr>
  );
}

/** By the share of what was due, the smallest first; among equals the riskier, then the longer. */
export function byBehind(rows: readonly StretchHistory[]): readonly StretchHistory[] {
  const share = ({ seen, due }: StretchHistory) => (due === 0 ? Number.POSITIVE_INFINITY : seen / due);
  return [...rows].sort((a, b) => {
    const [one, other] = [share(a), share(b)];
    if (one !== other) return one < other ? -1 : 1;
    return b.due - b.seen - (a.due - a.seen) || b.risk - a.risk || b.length_m - a.length_m;
  });
}
