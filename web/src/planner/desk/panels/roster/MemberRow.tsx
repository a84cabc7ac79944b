// Somebody who is on an evening: dragged, or moved, swapped, locked and taken off by the menu below their name, or by keys.
import { useEffect, useRef } from 'preact/hooks';
import type { Member } from '../../../../shared/roster.ts';
import { useWords } from '../../../panels/planner.ts';
import { later, weekdayOf } from '../../roster/days.ts';
import { isOn, type Spot, teamsOn } from '../../roster/state.ts';
import { useRoster, useRosterPart } from './context.ts';
import { LockSign, Mark } from './parts.tsx';
import { dayName, everyText, langOf, nameOf, skillsText, teamText } from './texts.ts';

/** What a dragged place is: nothing else may be dropped on a team. */
export const DRAGGED = 'application/x-zhugan-place';

interface Here {
  day: string;
  days: readonly string[];
  index: number;
  member: Member;
}

export function MemberRow({ day, days, index, member }: Here) {
  const t = useWords();
  const can = useRoster();
  const { volunteer, locked } = member;
  const spot = { day, volunteer };
  const people = useRosterPart((s) => s.people);
  const isOpen = useRosterPart((s) => s.chosen?.day === day && s.chosen.volunteer === volunteer);
  const answer = useRosterPart((s) => s.kept[day]?.answers[volunteer]);
  const isAsked = useRosterPart((s) => s.kept[day]?.published ?? false);
  const chip = useRef<HTMLButtonElement>(null);
  // Whoever was moved by hand is still the one that is looked at.
  useEffect(() => {
    if (isOpen) chip.current?.focus();
  }, []);
  const who = people?.find((one) => one.id === volunteer)?.who;
  const name = nameOf(t, people, volunteer);
  const n_teams = useRosterPart((s) => teamsOn(s, day).length);

  /** Shift and an arrow: another team, or the same one of the evening before or after. */
  function onKeyDown(e: KeyboardEvent): void {
    if (e.key === 'Delete') can.remove(spot);
    else if (!e.shiftKey) return;
    else if (e.key === 'ArrowUp' && index > 0) go(day, index - 1);
    else if (e.key === 'ArrowDown' && index < n_teams - 1) go(day, index + 1);
    else if (e.key === 'ArrowLeft' && day !== days[0]) go(later(day, -1), index);
    else if (e.key === 'ArrowRight' && day !== days.at(-1)) go(later(day, 1), index);
    else return;
    e.preventDefault();
  }
  function go(to: string, team: number): void {
    can.choose(spot);
    can.move(spot, to, team);
  }
  return (
    <li
      class={isOpen ? 'roster-member is-open' : 'roster-member'}
      draggable
      onDragStart={(e) => {
        e.dataTransfer?.setData(DRAGGED, `${day} ${volunteer}`);
        if (e.dataTransfer) e.dataTransfer.effectAllowed = 'move';
      }}
    >
      <button
        ref={chip}
        type="button"
        class="roster-chip"
        aria-expanded={isOpen}
        onClick={() => can.choose(isOpen ? null : spot)}
        onKeyDown={onKeyDown}
      >
        <b lang={langOf(t, name)}>{name}</b>
        {locked && (
          <span class="roster-mark is-locked">
            <LockSign /> {t('deskRosterLocked')}
          </span>
        )}
        {who !== undefined && who.skills.length > 0 && <small>{skillsText(t, who)}</small>}
        {people !== null && who === undefined && <Mark is="bad">{t('deskRosterHasLeft')}</Mark>}
        {answer === 'cannot' && <Mark is="bad">{t('deskRosterCannot')}</Mark>}
        {answer === 'hands_over' && <Mark is="warns">{t('deskRosterHandsOver')}</Mark>}
        {answer === 'comes' && <Mark is="good">{t('deskRosterComes')}</Mark>}
        {answer === undefined && isAsked && <Mark is="open">{t('deskRosterNoAnswer')}</Mark>}
        {who !== undefined && !who.weekdays.includes(weekdayOf(day)) && (
          <Mark is="warns">{t('deskRosterNotOn', { weekday: everyText(t, day) })}</Mark>
        )}
      </button>
      {isOpen && <Menu spot={spot} days={days} index={index} isLocked={locked} name={name} />}
    </li>
  );
}

function Menu(props: {
  spot: Spot;
  days: readonly string[];
  index: number;
  isLocked: boolean;
  name: string;
}) {
  const { spot, days, index, isLocked, name } = props;
  const t = useWords();
  const can = useRoster();
  const state = useRosterPart((s) => s);
  const who = state.people?.find((one) => one.id === spot.volunteer)?.who;
  const label = (day: string) =>
    who === undefined || who.weekdays.includes(weekdayOf(day))
      ? dayName(t, day)
      : t('deskRosterDayNot', { day: dayName(t, day) });
  const read = (value: string) => value.split(' ') as [string, string];
  // Nobody is on an evening twice.
  const free = days.filter((day) => day === spot.day || !isOn(teamsOn(state, day), spot.volunteer));
  return (
    <div class="roster-menu">
      <select
        aria-label={t('deskRosterMoveOne', { name })}
        value=""
        onChange={(e) => {
          const [day, team] = read(e.currentTarget.value);
          can.move(spot, day, Number(team));
        }}
      >
        <option value="">{t('deskRosterMove')}</option>
        {free.map((day) => (
          <optgroup key={day} label={label(day)}>
            {(teamsOn(state, day).length === 0 ? [{ name: null, members: [] }] : teamsOn(state, day)).map(
              (team, i) =>
                day === spot.day && i === index ? null : (
                  <option key={`team ${String(i)}`} value={`${day} ${i}`}>
                    {teamText(t, team.name, i)} · {dayName(t, day)}
                  </option>
                ),
            )}
          </optgroup>
        ))}
      </select>
      <select
        aria-label={t('deskRosterSwapOne', { name })}
        value=""
        onChange={(e) => {
          const [day, id] = read(e.currentTarget.value);
          can.swap(spot, { day, volunteer: Number(id) });
        }}
      >
        <option value="">{t('deskRosterSwap')}</option>
        {free.map((day) => (
          <optgroup key={day} label={label(day)}>
            {teamsOn(state, day).flatMap((team, i) =>
              team.members
                .filter(({ volunteer }) =>
                  day === spot.day
                    ? i !== index
                    : volunteer !== spot.volunteer && !isOn(teamsOn(state, spot.day), volunteer),
                )
                .map(({ volunteer }) => (
                  <option key={volunteer} value={`${day} ${volunteer}`}>
                    {nameOf(t, state.people, volunteer)} · {teamText(t, team.name, i)} · {dayName(t, day)}
                  </option>
                )),
            )}
          </optgroup>
        ))}
      </select>
      <span class="desk-do">
        <button
          type="button"
          class="button"
          aria-pressed={isLocked}
          aria-label={t(isLocked ? 'deskRosterUnlockOne' : 'deskRosterLockOne', { name })}
          onClick={() => can.lock(spot, !isLocked)}
        >
          {t(isLocked ? 'deskRosterUnlock' : 'deskRosterLock')}
        </button>
        <button
          type="button"
          class="button"
          aria-label={t('deskRosterRemoveOne', { name, day: dayName(t, spot.day) })}
          onClick={() => can.remove(spot)}
        >
          {t('deskRosterRemove')}
        </button>
      </span>
      <p class="hint roster-keys">{t('deskRosterKeys')}</p>
    </div>
  );
}
