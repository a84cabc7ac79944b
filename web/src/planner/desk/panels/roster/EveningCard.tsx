// One evening: its teams, whether it is kept and published, and what to do where somebody else was faster.
import { useWords } from '../../../panels/planner.ts';
import { isDirty, MOST_TEAMS, teamsOn } from '../../roster/state.ts';
import { useRoster, useRosterPart } from './context.ts';
import { Mark, RosterWrong } from './parts.tsx';
import { TeamCard } from './TeamCard.tsx';
import { dayName, dayText, nameOf, teamText, weekdayText } from './texts.ts';

export function EveningCard({ day, days, today }: { day: string; days: readonly string[]; today: string }) {
  const t = useWords();
  const can = useRoster();
  const teams = useRosterPart((s) => teamsOn(s, day));
  const isUnsaved = useRosterPart((s) => isDirty(s, day));
  const isPublished = useRosterPart((s) => s.kept[day]?.published ?? false);
  const isBusy = useRosterPart((s) => s.doing !== null);
  const hasConflict = useRosterPart((s) => s.conflicts[day] !== undefined);
  const n_hands = useRosterPart((s) => {
    const { answers = {} } = s.kept[day] ?? {};
    return teamsOn(s, day)
      .flatMap(({ members }) => members)
      .filter(({ volunteer }) => answers[volunteer] === 'hands_over').length;
  });
  const name = dayName(t, day);
  const isEmpty = teams.every(({ members }) => members.length === 0);
  const state = day < today ? 'is-over' : day === today ? 'is-today' : '';
  return (
    <li class={`roster-day ${state}`} data-day={day}>
      <div class="roster-day-head">
        <h3 id={`roster-${day}`}>
          {weekdayText(t, day)} <small>{dayText(t, day)}</small>
          {day === today && <small class="roster-today">{t('deskRosterToday')}</small>}
        </h3>
        <span class="roster-is">
          {n_hands > 0 && <Mark is="warns">{t('deskRosterHandsN', { n: n_hands })}</Mark>}
          {isUnsaved && (
            <span class="roster-mark is-unsaved">
              <span aria-hidden="true">●</span> {t('deskRosterNotSaved')}
            </span>
          )}
          {isPublished ? (
            <Mark is="good">{t('deskRosterPublished')}</Mark>
          ) : (
            !isEmpty && (
              <span class="roster-mark">
                <span aria-hidden="true">○</span> {t('deskRosterNotPublished')}
              </span>
            )
          )}
        </span>
      </div>
      {hasConflict && <Conflict day={day} />}
      {teams.length === 0 && <p class="hint">{t('deskRosterEmpty')}</p>}
      <ol class="roster-teams" aria-labelledby={`roster-${day}`}>
        {teams.map((team, i) => (
          <TeamCard key={`team ${String(i)}`} day={day} days={days} index={i} team={team} />
        ))}
      </ol>
      <div class="desk-do roster-day-do">
        {isUnsaved && (
          <button
            type="button"
            class="button"
            aria-label={t('deskRosterSaveOne', { day: name })}
            disabled={isBusy || hasConflict}
            onClick={() => void can.save(day)}
          >
            {t('deskRosterSave')}
          </button>
        )}
        {!isEmpty && !isPublished && (
          <button
            type="button"
            class="button"
            aria-label={t('deskRosterPublishOne', { day: name })}
            disabled={isBusy || hasConflict}
            onClick={() => void can.publish(day, true)}
          >
            {t('deskRosterPublish')}
          </button>
        )}
        {isPublished && (
          <button
            type="button"
            class="button"
            aria-label={t('deskRosterHideOne', { day: name })}
            disabled={isBusy || hasConflict}
            onClick={() => void can.publish(day, false)}
          >
            {t('deskRosterHide')}
          </button>
        )}
        <button
          type="button"
          class="button roster-quiet"
          aria-label={t('deskRosterTeamAddOne', { day: name })}
          disabled={teams.length >= MOST_TEAMS}
          onClick={() => can.addTeam(day)}
        >
          <span aria-hidden="true">+</span> {t('deskRosterTeamAdd')}
        </button>
      </div>
      <RosterWrong what={['save']} about={day} />
    </li>
  );
}

function Conflict({ day }: { day: string }) {
  const t = useWords();
  const can = useRoster();
  const theirs = useRosterPart((s) => s.conflicts[day]?.theirs);
  const people = useRosterPart((s) => s.people);
  const isBusy = useRosterPart((s) => s.doing !== null);
  if (theirs === undefined) return null;
  return (
    <div class="note is-fault roster-conflict" role="alert">
      <p>{t('deskRosterConflict')}</p>
      <ul>
        {theirs.teams.map((team, i) => (
          <li key={`team ${String(i)}`}>
            {t('deskRosterTheirs', {
              team: teamText(t, team.name, i),
              names: t.list(team.members.map((one) => nameOf(t, people, one.volunteer))) || '–',
            })}
          </li>
        ))}
        {theirs.teams.length === 0 && <li>{t('deskRosterEmpty')}</li>}
      </ul>
      <span class="desk-do">
        <button type="button" class="button" disabled={isBusy} onClick={() => void can.keepMine(day)}>
          {t('deskRosterKeepMine')}
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => can.takeTheirs(day)}>
          {t('deskRosterTakeTheirs')}
        </button>
      </span>
    </div>
  );
}
