// What is known of volunteers and their evenings: who there is, who is on when as it is kept and as it is being changed, and what was seen.
import type { PublishedPlan } from '../../../shared/patrols.ts';
import type {
  Evening,
  EveningSeen,
  Proposal,
  RosterTeam,
  SeenHistory,
  Volunteer,
} from '../../../shared/roster.ts';
import type { DeskFault } from '../state.ts';
import { mondayOf } from './days.ts';

export const MOST_TEAMS = 40;
export const MOST_MEMBERS = 20;
/** What every team should have somebody for. */
export const NEEDED = ['swimmer', 'first_aid'] as const;
export const WEEKS = [2, 4, 8, 13, 26] as const;

export const TABS = ['week', 'people', 'tonight', 'often'] as const;
export type Tab = (typeof TABS)[number];

export type Teams = readonly RosterTeam[];

/** Where somebody is on. */
export interface Spot {
  readonly day: string;
  readonly volunteer: number;
}

/** How many are wanted on each evening. */
export interface Wanted {
  readonly teams: number;
  readonly members: number;
}

/** What a proposal has told, so that it can be said of the week as it is changed afterwards. */
export interface Fair {
  readonly days: readonly string[];
  readonly wanted: Wanted;
  /** How often everybody was on before these days. */
  readonly before: Readonly<Record<string, number>>;
}

/** Somebody else has kept an evening in the meantime. */
export interface Conflict {
  readonly theirs: Evening;
  /** Whether volunteers were to see mine. */
  readonly published: boolean;
}

/** An invitation, for one on the list or for whoever gets it. */
export interface Link {
  readonly url: string;
  readonly volunteer: number | null;
}

/** What is being done with the service; `about` tells one of many: an evening, a volunteer. */
export interface Doing {
  readonly what: 'week' | 'propose' | 'save' | 'people' | 'person' | 'invite' | 'seen' | 'often';
  readonly about: string | null;
}

export interface RosterState {
  readonly tab: Tab;
  readonly people: readonly Volunteer[] | null;
  /** The week that is looked at, by its Monday. */
  readonly monday: string;
  /** Evenings as they are kept, by day: those that have been looked at. */
  readonly kept: Readonly<Record<string, Evening>>;
  /** Their teams as they are being changed; what is not in here is as it is kept. */
  readonly drafts: Readonly<Record<string, Teams>>;
  /** The drafts before this one, the latest last; and those that were gone back from. */
  readonly past: readonly Readonly<Record<string, Teams>>[];
  readonly future: readonly Readonly<Record<string, Teams>>[];
  readonly wanted: Wanted;
  readonly fair: Fair | null;
  readonly conflicts: Readonly<Record<string, Conflict>>;
  /** The one whose menu is open. */
  readonly chosen: Spot | null;
  readonly link: Link | null;
  readonly evening: string;
  readonly seen: EveningSeen | null;
  /** The plan by which that evening's teams walk: what stretches are called. */
  readonly plan: PublishedPlan | null;
  readonly weeks: number;
  readonly history: SeenHistory | null;
  readonly doing: Doing | null;
  readonly fault: (Doing & { readonly fault: DeskFault }) | null;
}

export type RosterEvent =
  | { readonly is: 'tabPicked'; readonly tab: Tab }
  | { readonly is: 'begun'; readonly doing: Doing }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly doing: Doing; readonly fault: DeskFault }
  | { readonly is: 'peopleCame'; readonly people: readonly Volunteer[] }
  | { readonly is: 'personCame'; readonly person: Volunteer }
  | { readonly is: 'linkMade'; readonly link: Link | null }
  | { readonly is: 'weekPicked'; readonly monday: string }
  | { readonly is: 'eveningsCame'; readonly evenings: readonly Evening[] }
  | { readonly is: 'wished'; readonly wanted: Partial<Wanted> }
  | { readonly is: 'proposed'; readonly proposal: Proposal; readonly wanted: Wanted }
  | { readonly is: 'chosen'; readonly spot: Spot | null }
  | { readonly is: 'moved'; readonly spot: Spot; readonly day: string; readonly team: number }
  | { readonly is: 'swapped'; readonly spot: Spot; readonly other: Spot }
  | { readonly is: 'removed'; readonly spot: Spot }
  | { readonly is: 'added'; readonly day: string; readonly team: number; readonly volunteer: number }
  | { readonly is: 'lockSet'; readonly spot: Spot; readonly isLocked: boolean }
  | { readonly is: 'teamNamed'; readonly day: string; readonly team: number; readonly name: string }
  | { readonly is: 'teamAdded'; readonly day: string }
  | { readonly is: 'teamDropped'; readonly day: string; readonly team: number }
  | { readonly is: 'wentBack' }
  | { readonly is: 'wentOn' }
  | { readonly is: 'kept'; readonly evening: Evening }
  | { readonly is: 'conflicted'; readonly day: string; readonly conflict: Conflict }
  /** One's own stays as a draft, or theirs takes its place. */
  | { readonly is: 'settled'; readonly day: string; readonly isMine: boolean }
  | { readonly is: 'eveningPicked'; readonly day: string }
  | { readonly is: 'seenCame'; readonly seen: EveningSeen; readonly plan: PublishedPlan | null }
  | { readonly is: 'weeksPicked'; readonly weeks: number }
  | { readonly is: 'historyCame'; readonly history: SeenHistory }
  /** Another region, or nobody is signed in any more. */
  | { readonly is: 'left'; readonly today: string };

export const nothingKnown = (today: string): RosterState => ({
  tab: 'week',
  people: null,
  monday: mondayOf(today),
  kept: {},
  drafts: {},
  past: [],
  future: [],
  wanted: { teams: 2, members: 2 },
  fair: null,
  conflicts: {},
  chosen: null,
  link: null,
  evening: today,
  seen: null,
  plan: null,
  weeks: 4,
  history: null,
  doing: null,
  fault: null,
});

/** An evening's teams as they would be kept now. */
export const teamsOn = ({ drafts, kept }: RosterState, day: string): Teams =>
  drafts[day] ?? kept[day]?.teams ?? [];

const text = (teams: Teams) =>
  JSON.stringify(teams.map(({ name, members }) => [name, members.map((one) => [one.volunteer, one.locked])]));
export const areSame = (one: Teams, other: Teams) => text(one) === text(other);

/** Whether an evening has changes that are not kept. */
export const isDirty = (state: RosterState, day: string) =>
  !areSame(teamsOn(state, day), state.kept[day]?.teams ?? []);

/** All evenings with changes that are not kept, also those of other weeks. */
export const dirtyDays = (state: RosterState) =>
  Object.keys(state.drafts)
    .filter((day) => isDirty(state, day))
    .sort();

export const isOn = (teams: Teams, volunteer: number) =>
  teams.some(({ members }) => members.some((one) => one.volunteer === volunteer));

/** The index of somebody's team; -1 where they are in none. */
export const teamOf = (teams: Teams, volunteer: number) =>
  teams.findIndex(({ members }) => members.some((one) => one.volunteer === volunteer));

/** How fair the evenings of the latest proposal are as they are now. */
export function fairnessOf(state: RosterState) {
  const { fair, people, kept } = state;
  if (fair === null || people === null) return null;
  const times = new Map(Object.entries(fair.before).map(([id, n]) => [Number(id), n]));
  const without = { swimmer: 0, first_aid: 0 };
  let n_open = 0;
  for (const day of fair.days) {
    const teams = teamsOn(state, day);
    const members = teams.flatMap((team) => team.members);
    for (const { volunteer } of members) {
      const before = times.get(volunteer);
      if (before !== undefined) times.set(volunteer, before + 1);
    }
    if (kept[day]?.published) continue;
    n_open += Math.max(0, fair.wanted.teams * fair.wanted.members - members.length);
    for (const team of teams) {
      if (team.members.length === 0) continue;
      const on = people.filter(({ id }) => team.members.some((one) => one.volunteer === id));
      for (const skill of NEEDED) {
        if (!on.some(({ who }) => who.skills.includes(skill))) without[skill] += 1;
      }
    }
  }
  const all = [...times.values()];
  return { least: Math.min(...all), most: Math.max(...all), n_people: all.length, n_open, without };
}
