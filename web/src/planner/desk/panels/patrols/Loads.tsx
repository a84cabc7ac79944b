// The teams' loads side by side: how long each is on its way, against its time.
import { useWords } from '../../../panels/planner.ts';
import { lookOf } from '../../patrols/look.ts';
import { usePatrol, usePatrols } from './context.ts';
import { hours, over_s, teamName } from './texts.ts';

export function Loads() {
  const t = useWords();
  const can = usePatrols();
  const plan = usePatrol((s) => (s.trial?.after ?? s.shown)?.plan);
  const before = usePatrol((s) => s.shown?.plan);
  const chosen = usePatrol((s) => s.chosen);
  const [n_past, n_future] = [usePatrol((s) => s.past.length), usePatrol((s) => s.future.length)];
  if (plan === undefined) return null;
  const most = Math.max(1, ...plan.teams.flatMap(({ takes_s, most_s }) => [takes_s, most_s]));
  const share = (s: number) => `${((100 * s) / most).toFixed(2)}%`;
  return (
    <section class="patrols-loads" aria-label={t('deskPatrolLoads')}>
      <div class="desk-head">
        <h2>{t('deskPatrolLoads')}</h2>
        <span class="desk-do">
          <button type="button" class="button is-small" disabled={n_past === 0} onClick={can.back}>
            {t('deskPatrolBack')}
          </button>
          <button type="button" class="button is-small" disabled={n_future === 0} onClick={can.on}>
            {t('deskPatrolOn')}
          </button>
        </span>
      </div>
      <ul>
        {plan.teams.map((team, i) => {
          const was = before?.teams[i]?.takes_s ?? team.takes_s;
          const over = over_s(team);
          return (
            <li key={team.number}>
              <button
                type="button"
                class="patrols-load"
                aria-pressed={chosen === i}
                onClick={() => can.choose(chosen === i ? null : i)}
              >
                <span class="patrols-number" style={{ background: lookOf(i).color }} aria-hidden="true">
                  {i + 1}
                </span>
                <b>{teamName(t, team, i)}</b>
                <span class="patrols-time">
                  {hours(team.takes_s)}
                  {Math.abs(was - team.takes_s) >= 30 && <small> ({hours(was)})</small>}
                </span>
                <span class="patrols-bar" aria-hidden="true">
                  <i style={{ width: share(team.takes_s), background: lookOf(i).color }} />
                  <u style={{ left: share(team.most_s) }} />
                </span>
                <small class={over > 0 ? 'is-bad' : ''}>
                  {team.stops.length === 0
                    ? t('deskPatrolStaysHome')
                    : t('deskPatrolLoad', {
                        n: team.stops.length,
                        seen: t.meters(team.seen_m),
                        walk: t.meters(team.walk_m),
                      })}
                  {over > 0 && ` · ${t('deskPatrolOver', { time: t.duration(over) })}`}
                </small>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="hint">{t('deskPatrolLoadsHint')}</p>
    </section>
  );
}
