// A team of an evening: its name, who is in it, what it lacks; others can be put in by dragging them here or from the list.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RosterTeam } from '../../../../shared/roster.ts';
import { useWords } from '../../../panels/planner.ts';
import { weekdayOf, weekOf } from '../../roster/days.ts';
import { isOn, MOST_MEMBERS, NEEDED, teamsOn } from '../../roster/state.ts';
import { useRoster, useRosterPart } from './context.ts';
import { DRAGGED, MemberRow } from './MemberRow.tsx';
import { Mark } from './parts.tsx';
import { dayName, skillsText, teamText } from './texts.ts';

interface Here {
  day: string;
  index: number;
  team: RosterTeam;
}

export function TeamCard({ day, days, index, team }: Here & { days: readonly string[] }) {
  const t = useWords();
  const can = useRoster();
  const people = useRosterPart((s) => s.people);
  const n_wanted = useRosterPart((s) => (s.kept[day]?.published ? 0 : s.wanted.members));
  const [isOver, setOver] = useState(false);
  const name = teamText(t, team.name, index);
  const on = (people ?? []).filter(({ id }) => team.members.some((one) => one.volunteer === id));
  const lacks = NEEDED.filter((skill) => on.length > 0 && !on.some(({ who }) => who.skills.includes(skill)));
  return (
    <li
      class={isOver ? 'roster-team is-over' : 'roster-team'}
      onDragOver={(e) => {
        if (!e.dataTransfer?.types.includes(DRAGGED)) return;
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        setOver(false);
        const [from = '', id = ''] = (e.dataTransfer?.getData(DRAGGED) ?? '').split(' ');
        if (from === '') return;
        e.preventDefault();
        can.move({ day: from, volunteer: Number(id) }, day, index);
      }}
    >
      <div class="roster-team-head">
        <input
          type="text"
          class="roster-name"
          aria-label={t('deskRosterTeamName', { n: index + 1, day: dayName(t, day) })}
          placeholder={t('deskRosterTeamN', { n: index + 1 })}
          maxLength={60}
          value={team.name ?? ''}
          onChange={(e) => can.nameTeam(day, index, e.currentTarget.value)}
        />
        {team.members.length === 0 && (
          <button
            type="button"
            class="button roster-quiet"
            aria-label={t('deskRosterTeamDrop', { team: name, day: dayName(t, day) })}
            onClick={() => can.dropTeam(day, index)}
          >
            ✕
          </button>
        )}
      </div>
      {team.members.length > 0 && (
        <ul>
          {team.members.map((member) => (
            <MemberRow key={member.volunteer} day={day} days={days} index={index} member={member} />
          ))}
        </ul>
      )}
      {lacks.length > 0 && (
        <p>
          {lacks.map((skill) => (
            <Mark key={skill} is="warns">
              {t(`deskRosterLacks_${skill}`)}
            </Mark>
          ))}
        </p>
      )}
      <Add day={day} index={index} team={team} n_open={Math.max(0, n_wanted - team.members.length)} />
    </li>
  );
}

/** Puts somebody into the team: those who come on that weekday first, whoever is on least this week before others. */
function Add({ day, index, team, n_open }: Here & { n_open: number }) {
  const t = useWords();
  const can = useRoster();
  const [isOpen, open] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => field.current?.focus(), [isOpen]);
  const text = n_open > 0 ? t('deskRosterOpenHere', { n: n_open }) : t('deskRosterAddSomebody');
  const where = { team: teamText(t, team.name, index), day: dayName(t, day) };
  const close = () => {
    open(false);
    // Where the list was, the button is again.
    setTimeout(() => button.current?.focus());
  };
  if (!isOpen) {
    return (
      <button
        ref={button}
        type="button"
        class={n_open > 0 ? 'button roster-add is-open' : 'button roster-add'}
        aria-label={n_open > 0 ? `${text}: ${t('deskRosterAddTo', where)}` : t('deskRosterAddTo', where)}
        disabled={team.members.length >= MOST_MEMBERS}
        onClick={() => open(true)}
      >
        <span aria-hidden="true">+</span> {text}
      </button>
    );
  }
  return (
    <Choice
      day={day}
      label={t('deskRosterAddTo', where)}
      field={field}
      close={close}
      add={(id) => can.add(day, index, id)}
    />
  );
}

function Choice(props: {
  day: string;
  label: string;
  field: { current: HTMLSelectElement | null };
  close(): void;
  add(volunteer: number): void;
}) {
  const { day } = props;
  const t = useWords();
  const people = useRosterPart((s) => s.people);
  const state = useRosterPart((s) => s);
  const teams = teamsOn(state, day);
  const times = (id: number) => weekOf(state.monday).filter((one) => isOn(teamsOn(state, one), id)).length;
  const free = (people ?? [])
    .filter((one) => one.state === 'active' && !isOn(teams, one.id))
    .map((one) => ({ ...one, times: times(one.id) }))
    .sort((a, b) => a.times - b.times || a.who.name.localeCompare(b.who.name, t.language));
  const comes = (one: (typeof free)[number]) =>
    one.who.weekdays.includes(weekdayOf(day)) && state.kept[day]?.answers[one.id] !== 'cannot';
  const option = (one: (typeof free)[number]) => (
    <option key={one.id} value={one.id}>
      {[one.who.name, skillsText(t, one.who), t('deskRosterTimes', { n: one.times })]
        .filter(Boolean)
        .join(' · ')}
    </option>
  );
  const others = free.filter((one) => !comes(one));
  return (
    <select
      ref={props.field}
      class="roster-choice"
      aria-label={props.label}
      value=""
      onBlur={props.close}
      onKeyDown={(e) => {
        if (e.key !== 'Escape') return;
        // The dialog around it stays.
        e.preventDefault();
        e.stopPropagation();
        props.close();
      }}
      onChange={(e) => {
        const { value } = e.currentTarget;
        props.close();
        if (value !== '') props.add(Number(value));
      }}
    >
      <option value="">{t('deskRosterWhom')}</option>
      {free.filter(comes).map(option)}
      {others.length > 0 && <optgroup label={t('deskRosterDoNotCome')}>{others.map(option)}</optgroup>}
    </select>
  );
}
