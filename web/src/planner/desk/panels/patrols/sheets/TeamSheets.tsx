// The plan on paper: a sheet for each team, with its steps to be ticked, a sketch of its way, and a code that opens its start on a phone's map.
import '../../../../style/print.css';
import '../../../style/worksheet.css';
import '../../../style/teamsheets.css';
import type { LonLat } from '../../../../../shared/contract.ts';
import type { Patrol, Team } from '../../../../../shared/patrols.ts';
import { placeText } from '../../../../../shared/places.ts';
import { nameIn } from '../../../../../shared/words.ts';
import { linkCode } from '../../../../panels/linkCode.ts';
import { Modal } from '../../../../panels/Modal.tsx';
import { usePart, usePlanner, useWords } from '../../../../panels/planner.ts';
import { regionOf } from '../../../../state.ts';
import { placeLink } from '../../../placing/files.ts';
import { usePatrol } from '../context.ts';
import { clockText, hours, stopText, teamName } from '../texts.ts';
import { Sketch } from './Sketch.tsx';

export function TeamSheets({ onClose }: { onClose(): void }) {
  const t = useWords();
  const { deeds } = usePlanner();
  const plan = usePatrol((s) => s.shown?.plan);
  if (plan === undefined) return null;
  return (
    <Modal heading={t('deskSheets')} class="dialog is-print is-work is-sheets" onClose={onClose}>
      <div class="print-tools">
        <p class="hint">{t('deskSheetHint')}</p>
        <button type="button" class="button is-main" data-first="" onClick={deeds.printNow}>
          {t('deskSheetPrint')}
        </button>
      </div>
      {plan.teams.map((team, i) =>
        team.stops.length === 0 ? null : <Sheet key={team.number} plan={plan} team={team} index={i} />,
      )}
    </Modal>
  );
}

function Sheet({ plan, team, index }: { plan: Patrol; team: Team; index: number }) {
  const t = useWords();
  const region = usePart(regionOf);
  const start = team.start as unknown as LonLat;
  const code = linkCode(placeLink(location.href, region?.id ?? '', start));
  const name = teamName(t, team, index);
  return (
    <article class="work-paper team-paper" aria-label={name}>
      <header>
        <div>
          <h3>
            {name} · {t.date(plan.day)}
          </h3>
          <p>
            {[
              region === null ? '' : nameIn(t.language, region.name),
              plan.begins === null ? null : t('deskSheetBegins', { time: plan.begins }),
              t('deskSheetTakes', { time: hours(team.takes_s), km: t.km(team.walk_m), n: team.stops.length }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p>
            {t('deskSheetStart', { place: placeText(start) })}
            {`${team.start}` !== `${team.end}` &&
              ` · ${t('deskSheetEnd', { place: placeText(team.end as unknown as LonLat) })}`}
          </p>
          {region?.illustrative && <p class="is-made-up">{t('illustrative')}</p>}
        </div>
        {code !== null && (
          <svg
            role="img"
            class="team-code"
            aria-label={t('deskSheetCode')}
            viewBox={`0 0 ${code.size} ${code.size}`}
            shape-rendering="crispEdges"
          >
            <path fill="#fff" d={`M0 0h${code.size}v${code.size}h-${code.size}z`} />
            <path fill="#000" d={code.path} />
          </svg>
        )}
      </header>
      <Sketch team={team} label={t('deskSheetSketch', { name })} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t('deskSheetColumn_n')}</th>
            <th scope="col">{t('deskSheetColumn_time')}</th>
            <th scope="col">{t('deskSheetColumn_where')}</th>
            <th scope="col">{t('deskSheetColumn_length')}</th>
            <th scope="col">{t('deskSheetColumn_done')}</th>
          </tr>
        </thead>
        <tbody>
          {team.stops.map((stop) => (
            <tr key={`${stop.rank}`}>
              <th scope="row">{stop.rank}</th>
              <td>{clockText(plan.begins, stop.after_s)}</td>
              <td>
                {stopText(t, stop)}
                <small>
                  {[
                    t('deskSheetFrom', {
                      place: placeText((stop.line[0] ?? team.start) as unknown as LonLat),
                    }),
                    stop.hot_spots.length > 0 ? t('deskSheetLinger') : null,
                    stop.inspect.length > 0 ? t('deskSheetInspect', { ids: t.list(stop.inspect) }) : null,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </td>
              <td>{t.meters(stop.seen_m)}</td>
              <td class="work-done" />
            </tr>
          ))}
        </tbody>
      </table>
      <p class="team-notes">{t('deskSheetNotes')}</p>
      <p class="work-from">{region?.attribution}</p>
    </article>
  );
}
