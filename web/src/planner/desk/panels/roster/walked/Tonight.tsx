// What the teams of an evening have seen so far: how far each is, what is left, and what is odd about its tracks.
import type { Flag, StopSeen, TeamSeen } from '../../../../../shared/roster.ts';
import type { Words } from '../../../../../shared/words.ts';
import { Skeleton } from '../../../../panels/parts.tsx';
import { usePart, useWords } from '../../../../panels/planner.ts';
import { regionOf } from '../../../../state.ts';
import { Field } from '../../parts.tsx';
import { ShowLink } from '../../patrols/ShowLink.tsx';
import { useRoster, useRosterPart } from '../context.ts';
import { Mark, RosterWrong } from '../parts.tsx';
import { dayName, teamText } from '../texts.ts';

/** A stretch counts as seen if so much of it was, as a share. */
const ENOUGH = 0.8;

export function Tonight() {
  const t = useWords();
  const can = useRoster();
  const day = useRosterPart((s) => s.evening);
  const seen = useRosterPart((s) => s.seen);
  const hasFailed = useRosterPart((s) => s.fault?.what === 'seen');
  return (
    <>
      <div class="roster-evening">
        <Field label={t('deskWalkedEvening')}>
          <input
            type="date"
            required
            value={day}
            onChange={(e) => e.currentTarget.value !== '' && void can.toEvening(e.currentTarget.value)}
          />
        </Field>
        <button
          type="button"
          class="button"
          disabled={day === can.today()}
          onClick={() => void can.toEvening(can.today())}
        >
          {t('deskRosterToday')}
        </button>
      </div>
      <RosterWrong what={['seen']} />
      {seen === null && !hasFailed && <Skeleton rows={4} doing="page" />}
      {seen?.patrol === null && <p class="empty">{t('deskWalkedNoPatrol', { day: dayName(t, day) })}</p>}
      {seen !== null && seen.teams.length > 0 && (
        <>
          <p class="hint">{t('deskWalkedHint')}</p>
          <ol class="roster-seen">
            {seen.teams.map((team) => (
              <Team key={team.team} team={team} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

const SHAPE = { scheduled: '○', overdue: '△', active: '▶', done: '✓' } as const;

function Team({ team }: { team: TeamSeen }) {
  const t = useWords();
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const left = team.stops.filter((stop) => stop.seen_m < ENOUGH * stop.length_m - 1e-6);
  const share = team.due_m > 0 ? Math.min(1, team.seen_m / team.due_m) : 0;
  const time = (at: string) => t.time(Date.parse(at), zone);
  const name = teamText(t, team.name, team.team - 1);
  return (
    <li class={`roster-seen-team is-${team.state}`}>
      <div class="roster-day-head">
        <h2>{name}</h2>
        <span class={`roster-mark is-${team.state}`}>
          <span aria-hidden="true">{SHAPE[team.state]}</span> {t(`deskWalkedState_${team.state}`)}
        </span>
      </div>
      {(team.started_at ?? team.finished_at) !== null && (
        <p class="hint">
          {[
            team.started_at && t('deskWalkedStarted', { time: time(team.started_at) }),
            team.finished_at && t('deskWalkedFinished', { time: time(team.finished_at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <div class="roster-meter" aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <p>
        {t('deskWalkedOf', {
          seen: t.meters(team.seen_m),
          due: t.meters(team.due_m),
          pct: t.percent(share),
        })}
      </p>
      <Flags team={team} time={time} />
      {left.length > 0 ? (
        <details>
          <summary>{t('deskWalkedLeftN', { n: left.length })}</summary>
          <ul class="roster-left">
            {left.map((stop) => (
              <Left key={stop.rank} team={team} stop={stop} />
            ))}
          </ul>
        </details>
      ) : (
        team.stops.length > 0 && <Mark is="good">{t('deskWalkedNoneLeft')}</Mark>
      )}
    </li>
  );
}

function Left({ team, stop }: { team: TeamSeen; stop: StopSeen }) {
  const t = useWords();
  const planned = useRosterPart(
    (s) =>
      s.plan?.plan.teams
        .find(({ number }) => number === team.team)
        ?.stops.find(({ rank, stretch }) => rank === stop.rank && stretch === stop.stretch) ?? null,
  );
  const n = t('deskWalkedStretch', { n: stop.rank });
  const name = [
    `${n} ${stop.water_body ?? t('deskWalkedNoName')}`,
    planned === null ? null : t(`deskWalkedSide_${planned.along.side}`),
    stop.village,
  ]
    .filter(Boolean)
    .join(' · ');
  const line = planned?.line ?? stop.left[0];
  return (
    <li>
      {line === undefined ? name : <ShowLink line={line}>{name}</ShowLink>}
      <small>
        {[
          t('deskWalkedShort', { seen: t.meters(stop.seen_m), due: t.meters(stop.length_m) }),
          stop.checked_in_at !== null && t('deskWalkedCheckedIn'),
          stop.skipped !== null && t(`deskWalkedSkipped_${stop.skipped}`),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </li>
  );
}

/** What is odd, each kind once, with when it was first and how often. */
function Flags({ team, time }: { team: TeamSeen; time(at: string): string }) {
  const t = useWords();
  const kinds = [...new Set(team.flags.map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return (
    <ul class="roster-flags">
      {kinds.map((kind) => (
        <li key={kind}>
          <Mark is="warns">{flagText(t, kind, team, time)}</Mark>
        </li>
      ))}
    </ul>
  );
}

function flagText(t: Words, kind: Flag, { flags }: TeamSeen, time: (at: string) => string): string {
  const all = flags.filter((one) => one.kind === kind);
  const [first] = all;
  const text = t(`deskWalkedFlag_${kind}`);
  if (first === undefined) return text;
  const when = { from: time(first.from), to: time(first.to), n: all.length };
  const often = t(all.length === 1 ? 'deskWalkedFlagAt' : 'deskWalkedFlagTimes', when);
  return [text, often].join(t.language === 'zh' ? '' : ' ');
}
