// What the team that is looked at walks along, in order: each stretch can be locked, shown, and given to another team.
import { gpxAddress, type Stop } from '../../../../shared/patrols.ts';
import { boundsOf } from '../../../../shared/places.ts';
import { usePart, usePlanner, useWords } from '../../../panels/planner.ts';
import { usePatrol, usePatrols } from './context.ts';
import { MoveTo } from './MoveTo.tsx';
import { ShowLink } from './ShowLink.tsx';
import { clockText, stopText, teamName } from './texts.ts';

export function TeamStops() {
  const t = useWords();
  const can = usePatrols();
  const { dispatch } = usePlanner();
  const region = usePart((s) => s.region);
  const shown = usePatrol((s) => s.trial?.after ?? s.shown);
  const chosen = usePatrol((s) => s.chosen);
  const locked = usePatrol((s) => s.locked);
  const team = shown?.plan.teams[chosen ?? -1];
  if (shown === null || chosen === null || team === undefined) {
    return <p class="hint">{t('deskPatrolChoose')}</p>;
  }
  const name = teamName(t, team, chosen);
  const all = team.stops.map(({ stretch }) => stretch);
  const isLocked = all.length > 0 && all.every((stretch) => locked.includes(stretch));
  const bounds = boundsOf([team.line]);
  return (
    <section class="patrols-stops" aria-label={name}>
      <div class="desk-head">
        <h2>{name}</h2>
        <span class="desk-do">
          {bounds !== null && team.stops.length > 0 && (
            <button
              type="button"
              class="button is-small"
              onClick={() => dispatch({ is: 'waterPicked', bounds })}
            >
              {t('deskPatrolMap')}
            </button>
          )}
          <button
            type="button"
            class="button is-small"
            aria-pressed={isLocked}
            disabled={all.length === 0}
            onClick={() => can.lock(all, !isLocked)}
          >
            {t(isLocked ? 'deskPatrolLockedAll' : 'deskPatrolLockAll')}
          </button>
          {region !== null && all.length > 0 && (
            <a class="button is-small" download href={gpxAddress(region, shown.id, chosen + 1)}>
              GPX
            </a>
          )}
        </span>
      </div>
      {team.stops.length === 0 && <p class="empty">{t('deskPatrolStaysHome')}</p>}
      <ol class="desk-rows">
        {team.stops.map((stop) => (
          <Row
            key={`${stop.rank} ${stop.stretch}`}
            stop={stop}
            begins={shown.plan.begins}
            team={chosen}
            isLocked={locked.includes(stop.stretch)}
          />
        ))}
      </ol>
      {team.crossings.length > 0 && (
        <p class="hint">{t('deskPatrolCrossings', { n: team.crossings.length })}</p>
      )}
    </section>
  );
}

function Row(props: { stop: Stop; begins: string | null; team: number; isLocked: boolean }) {
  const { stop, begins, team, isLocked } = props;
  const t = useWords();
  const can = usePatrols();
  const name = stopText(t, stop);
  return (
    <li>
      <span>
        <ShowLink line={stop.line} label={t('deskPatrolShowOne', { n: stop.rank, name })}>
          <b>{stop.rank}.</b> {name}
        </ShowLink>
        <small>
          {[
            clockText(begins, stop.after_s),
            t.meters(stop.seen_m),
            t('deskPatrolRisk', { n: stop.risk }),
            stop.evenings > 0 ? t('deskPatrolLate', { n: stop.evenings }) : null,
            stop.hot_spots.length > 0 ? t('deskPatrolLingers', { time: t.duration(stop.pause_s) }) : null,
            stop.inspect.length > 0 ? t('deskPatrolLooksAt', { ids: t.list(stop.inspect) }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span class="desk-do">
        <button
          type="button"
          class="button is-small"
          aria-pressed={isLocked}
          aria-label={t(isLocked ? 'deskPatrolUnlockOne' : 'deskPatrolLockOne', { n: stop.rank })}
          onClick={() => can.lock([stop.stretch], !isLocked)}
        >
          {t(isLocked ? 'deskPatrolLocked' : 'deskPatrolLock')}
        </button>
        <MoveTo stretch={stop.stretch} name={name} from={team} n={stop.rank} />
      </span>
    </li>
  );
}
