// What every event makes of the roster: pure, and the only place where it changes.
import type { Member, Proposal } from '../../../shared/roster.ts';
import { mondayOf } from './days.ts';
import {
  areSame,
  isDirty,
  isOn,
  MOST_MEMBERS,
  MOST_TEAMS,
  nothingKnown,
  type RosterEvent,
  type RosterState,
  type Spot,
  type Teams,
  teamOf,
  teamsOn,
  type Wanted,
} from './state.ts';

/** So many changes can be gone back from. */
const MOST_PAST = 50;

export function next(state: RosterState, event: RosterEvent): RosterState {
  switch (event.is) {
    case 'tabPicked':
      return { ...state, tab: event.tab, fault: null, chosen: null };
    case 'begun':
      return { ...state, doing: event.doing, fault: null };
    case 'done':
      return { ...state, doing: null };
    case 'failed':
      return { ...state, doing: null, fault: { ...event.doing, fault: event.fault } };
    case 'peopleCame':
      return { ...state, people: event.people };
    case 'personCame':
      return { ...state, people: withPerson(state.people ?? [], event.person) };
    case 'linkMade':
      return { ...state, link: event.link };
    case 'weekPicked':
      return { ...state, monday: mondayOf(event.monday), past: [], future: [], chosen: null, fair: null };
    case 'eveningsCame': {
      const kept = { ...state.kept };
      for (const one of event.evenings) {
        const seen = kept[one.day];
        // What one is changing stays as it was seen, so that nothing of others is written over unasked.
        const stays = seen !== undefined && seen.validator !== one.validator && isDirty(state, one.day);
        kept[one.day] = stays ? { ...seen, answers: one.answers } : one;
      }
      return tidied({ ...state, kept });
    }
    case 'wished':
      return { ...state, wanted: sensible({ ...state.wanted, ...event.wanted }) };
    case 'proposed':
      return proposed(state, event.proposal, event.wanted);
    case 'chosen':
      return { ...state, chosen: event.spot };
    case 'moved':
      return moved(state, event.spot, event.day, event.team);
    case 'swapped':
      return swapped(state, event.spot, event.other);
    case 'removed':
      return { ...changed(state, { [event.spot.day]: without(state, event.spot) }), chosen: null };
    case 'added': {
      const teams = teamsOn(state, event.day);
      if (isOn(teams, event.volunteer)) return state;
      const member = { volunteer: event.volunteer, locked: false };
      return changed(state, { [event.day]: withMember(teams, event.team, member) });
    }
    case 'lockSet':
      return changed(state, {
        [event.spot.day]: teamsOn(state, event.spot.day).map((team) => ({
          ...team,
          members: team.members.map((one) =>
            one.volunteer === event.spot.volunteer ? { ...one, locked: event.isLocked } : one,
          ),
        })),
      });
    case 'teamNamed': {
      const name = event.name.trim() === '' ? null : event.name.trim();
      const teams = teamsOn(state, event.day).map((team, i) => (i === event.team ? { ...team, name } : team));
      return changed(state, { [event.day]: teams });
    }
    case 'teamAdded': {
      const teams = teamsOn(state, event.day);
      if (teams.length >= MOST_TEAMS) return state;
      return changed(state, { [event.day]: [...teams, { name: null, members: [] }] });
    }
    case 'teamDropped': {
      const teams = teamsOn(state, event.day);
      // Nobody is lost by the way.
      if (teams[event.team]?.members.length !== 0) return state;
      return changed(state, { [event.day]: teams.filter((_, i) => i !== event.team) });
    }
    case 'wentBack': {
      const drafts = state.past.at(-1);
      if (drafts === undefined) return state;
      const [past, future] = [state.past.slice(0, -1), [...state.future, state.drafts]];
      return { ...state, drafts, past, future, chosen: null };
    }
    case 'wentOn': {
      const drafts = state.future.at(-1);
      if (drafts === undefined) return state;
      const [past, future] = [[...state.past, state.drafts], state.future.slice(0, -1)];
      return { ...state, drafts, past, future, chosen: null };
    }
    case 'kept': {
      const { evening } = event;
      const { [evening.day]: _, ...conflicts } = state.conflicts;
      const before = state.kept[evening.day]?.teams ?? [];
      // Going back still leads to how it was before it was kept.
      const pinned = (drafts: Readonly<Record<string, Teams>>) => ({ [evening.day]: before, ...drafts });
      const [past, future] = [state.past.map(pinned), state.future.map(pinned)];
      const kept = { ...state.kept, [evening.day]: evening };
      return tidied({ ...state, kept, conflicts, past, future });
    }
    case 'conflicted':
      return { ...state, conflicts: { ...state.conflicts, [event.day]: event.conflict } };
    case 'settled': {
      const { [event.day]: conflict, ...conflicts } = state.conflicts;
      if (conflict === undefined) return state;
      const mine = teamsOn(state, event.day);
      const kept = { ...state.kept, [event.day]: conflict.theirs };
      if (event.isMine) {
        return { ...state, kept, conflicts, drafts: { ...state.drafts, [event.day]: mine } };
      }
      // One's own can be had again by going back.
      const after = changed(state, { [event.day]: conflict.theirs.teams });
      return tidied({ ...after, kept, conflicts, chosen: null });
    }
    case 'eveningPicked':
      return { ...state, evening: event.day, seen: null, plan: null };
    case 'seenCame':
      return { ...state, seen: event.seen, plan: event.plan };
    case 'weeksPicked':
      return { ...state, weeks: event.weeks };
    case 'historyCame':
      return { ...state, history: event.history };
    case 'left':
      return { ...nothingKnown(event.today), tab: state.tab, wanted: state.wanted };
  }
}

/** Drafts that say what is kept are none. */
function tidied(state: RosterState): RosterState {
  const drafts = Object.entries(state.drafts).filter(
    ([day, teams]) => !areSame(teams, state.kept[day]?.teams ?? []),
  );
  return { ...state, drafts: Object.fromEntries(drafts) };
}

/** These evenings' teams, with how they were to go back to. */
function changed(state: RosterState, drafts: Readonly<Record<string, Teams>>): RosterState {
  const days = Object.keys(drafts).filter((day) => !areSame(drafts[day] ?? [], teamsOn(state, day)));
  if (days.length === 0) return state;
  const past = [...state.past, state.drafts].slice(-MOST_PAST);
  return { ...state, drafts: { ...state.drafts, ...drafts }, past, future: [] };
}

const without = (state: RosterState, { day, volunteer }: Spot): Teams =>
  teamsOn(state, day).map((team) => ({
    ...team,
    members: team.members.filter((one) => one.volunteer !== volunteer),
  }));

function withMember(teams: Teams, index: number, member: Member): Teams {
  // An evening that nobody is on yet has no team.
  const padded = [...teams];
  while (padded.length <= index && padded.length < MOST_TEAMS) padded.push({ name: null, members: [] });
  return padded.map((team, i) => (i === index ? { ...team, members: [...team.members, member] } : team));
}

const memberAt = (state: RosterState, { day, volunteer }: Spot): Member | undefined =>
  teamsOn(state, day)
    .flatMap(({ members }) => members)
    .find((one) => one.volunteer === volunteer);

/** Somebody goes to another team or evening; never twice on one. Who was locked is so no longer: they were, in the other place. */
function moved(state: RosterState, spot: Spot, day: string, team: number): RosterState {
  const member = memberAt(state, spot);
  const target = teamsOn(state, day);
  if (member === undefined || (target[team]?.members.length ?? 0) >= MOST_MEMBERS) return state;
  if (day === spot.day) {
    if (teamOf(target, spot.volunteer) === team) return state;
    const after = changed(state, { [day]: withMember(without(state, spot), team, member) });
    return { ...after, chosen: state.chosen === null ? null : spot };
  }
  if (isOn(target, spot.volunteer)) return state;
  const free = { ...member, locked: false };
  const after = changed(state, { [spot.day]: without(state, spot), [day]: withMember(target, team, free) });
  return { ...after, chosen: state.chosen === null ? null : { day, volunteer: spot.volunteer } };
}

/** Two change their places; not where one of them would be on an evening twice. */
function swapped(state: RosterState, spot: Spot, other: Spot): RosterState {
  if (memberAt(state, spot) === undefined || memberAt(state, other) === undefined) return state;
  const isTwice = (one: Spot, day: string) => one.day !== day && isOn(teamsOn(state, day), one.volunteer);
  if (isTwice(spot, other.day) || isTwice(other, spot.day)) return state;
  const put = (teams: Teams, swaps: (volunteer: number) => number) =>
    teams.map((team) => ({
      ...team,
      members: team.members.map((one) => {
        const volunteer = swaps(one.volunteer);
        return volunteer === one.volunteer ? one : { volunteer, locked: false };
      }),
    }));
  const [a, b] = [spot.volunteer, other.volunteer];
  if (spot.day === other.day) {
    const teams = put(teamsOn(state, spot.day), (one) => (one === a ? b : one === b ? a : one));
    return { ...changed(state, { [spot.day]: teams }), chosen: state.chosen === null ? null : spot };
  }
  const after = changed(state, {
    [spot.day]: put(teamsOn(state, spot.day), (one) => (one === a ? b : one)),
    [other.day]: put(teamsOn(state, other.day), (one) => (one === b ? a : one)),
  });
  return { ...after, chosen: state.chosen === null ? null : { day: other.day, volunteer: a } };
}

function proposed(state: RosterState, proposal: Proposal, wanted: Wanted): RosterState {
  const drafts = Object.fromEntries(proposal.evenings.map(({ day, teams }) => [day, teams]));
  const before: Record<string, number> = { ...proposal.times };
  for (const { volunteer } of proposal.evenings.flatMap(({ teams }) => teams).flatMap((t) => t.members)) {
    const times = before[volunteer];
    if (times !== undefined) before[volunteer] = times - 1;
  }
  const fair = { days: proposal.evenings.map(({ day }) => day), wanted, before };
  return { ...changed(state, drafts), fair, chosen: null };
}

function sensible({ teams, members }: Wanted): Wanted {
  const within = (n: number, most: number) => Math.min(most, Math.max(1, Math.round(n)));
  return { teams: within(teams, MOST_TEAMS), members: within(members, MOST_MEMBERS) };
}

function withPerson(
  people: NonNullable<RosterState['people']>,
  person: NonNullable<RosterState['people']>[number],
) {
  const others = people.filter(({ id }) => id !== person.id);
  if (person.state === 'left') return others;
  return [...others, person].sort((a, b) => a.id - b.id);
}
