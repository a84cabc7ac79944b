// What is known of an evening's patrol: what is wished, which plan is looked at, what was changed in it by hand, what is published.
import type { LonLat } from '../../../shared/contract.ts';
import type { Patrol, PatrolJob, PatrolRequest, Published } from '../../../shared/patrols.ts';
import type { DeskFault } from '../state.ts';

/** As many as there are colors and dashes for that can be told apart, and more than walk on an evening. */
export const MOST_TEAMS = 20;
export const MOST_SPOTS = 50;
export const MINUTES = { least: 5, most: 720 } as const;
/** So many plans can be gone back to. */
const MOST_PAST = 20;

/** A team as it is wished; known by its key, whatever comes before it. */
export interface TeamWish {
  readonly key: number;
  readonly name: string;
  /** `null`: the planner chooses a good place. */
  readonly start: LonLat | null;
  /** `null`: where it began. */
  readonly end: LonLat | null;
  /** `null`: as long as all. */
  readonly minutes: number | null;
}

export interface EveningWish {
  /** Like `2026-11-27`. */
  readonly day: string;
  /** Like `19:00`. */
  readonly begins: string;
  readonly minutes: number;
  readonly goal: 'balanced' | 'fewest' | 'most';
  /** Whether equipment is looked at whose inspection is overdue. */
  readonly inspect: boolean;
  readonly hotSpots: readonly LonLat[];
  readonly teams: readonly TeamWish[];
}

/** What a tap on the map says. */
export type Picks = { readonly what: 'start' | 'end'; readonly key: number } | { readonly what: 'hotSpot' };

/** A plan that is looked at. */
export interface Shown {
  /** By what the service knows it. */
  readonly id: string;
  readonly plan: Patrol;
  /** Of the region that was asked. */
  readonly version: number | null;
  /** The keys of the teams for which it was made, in their order. */
  readonly keys: readonly number[];
  /** Whether somebody ended the search early. */
  readonly isStopped: boolean;
}

/** A stretch that may go to another team; `null` is none: it is carried over. */
export interface Move {
  readonly stretch: string;
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** A move whose cost is looked at before it is taken. */
export interface Trial {
  readonly move: Move;
  readonly after: Shown | null;
}

export interface PatrolState {
  readonly wish: EveningWish;
  /** What the next team's key is. */
  readonly nextKey: number;
  readonly picks: Picks | null;
  /** The number of the search whose answers count: late ones are told by it. */
  readonly search: number;
  readonly isStarting: boolean;
  readonly job: PatrolJob | null;
  readonly shown: Shown | null;
  /** The plans before this one, the latest last; and those that were gone back from. */
  readonly past: readonly Shown[];
  readonly future: readonly Shown[];
  readonly trial: Trial | null;
  /** The stretches that stay with their team, whatever is planned again. */
  readonly locked: readonly string[];
  /** The index of the team that is looked at. */
  readonly chosen: number | null;
  readonly fault: DeskFault | null;
  /** The latest evenings that have a patrol; `null` until they are there. */
  readonly published: readonly Published[] | null;
  readonly isPublishing: boolean;
}

export type PatrolEvent =
  | { readonly is: 'wished'; readonly wish: Partial<EveningWish> }
  | { readonly is: 'teamAdded' }
  | { readonly is: 'teamSaid'; readonly key: number; readonly said: Partial<Omit<TeamWish, 'key'>> }
  | { readonly is: 'teamDropped'; readonly key: number }
  | { readonly is: 'picking'; readonly picks: Picks | null }
  | { readonly is: 'picked'; readonly at: LonLat }
  | { readonly is: 'searchBegun'; readonly search: number }
  | { readonly is: 'jobCame'; readonly search: number; readonly job: PatrolJob }
  | { readonly is: 'searchFailed'; readonly search: number; readonly fault: DeskFault }
  | { readonly is: 'tried'; readonly move: Move | null }
  | { readonly is: 'trialCame'; readonly move: Move; readonly job: PatrolJob }
  | { readonly is: 'taken' }
  | { readonly is: 'wentBack' }
  | { readonly is: 'wentOn' }
  /** These stretches stay with their team, or no longer. */
  | { readonly is: 'lockSet'; readonly stretches: readonly string[]; readonly isLocked: boolean }
  | { readonly is: 'chosen'; readonly team: number | null }
  | { readonly is: 'publishedCame'; readonly published: readonly Published[] }
  | { readonly is: 'publishing' }
  | { readonly is: 'publishingDone' }
  | { readonly is: 'opened'; readonly shown: Shown; readonly wish: EveningWish }
  | { readonly is: 'failed'; readonly fault: DeskFault | null }
  /** Another region, or nobody is signed in any more. */
  | { readonly is: 'left' };

const team = (key: number): TeamWish => ({ key, name: '', start: null, end: null, minutes: null });

export const nothingPlanned = (day: string): PatrolState => ({
  wish: {
    day,
    begins: '19:00',
    minutes: 90,
    goal: 'balanced',
    inspect: false,
    hotSpots: [],
    teams: [1, 2, 3, 4].map(team),
  },
  nextKey: 5,
  picks: null,
  search: 0,
  isStarting: false,
  job: null,
  shown: null,
  past: [],
  future: [],
  trial: null,
  locked: [],
  chosen: null,
  fault: null,
  published: null,
  isPublishing: false,
});

export const newTeam = team;
export const withPast = (past: readonly Shown[], shown: Shown | null) =>
  shown === null ? past : [...past, shown].slice(-MOST_PAST);

/** The patrol that holds for an evening. */
export const publishedOn = ({ published }: PatrolState, day: string): Published | null =>
  published?.find((one) => one.day === day) ?? null;

/**
 * What the service is asked. `keeps` leaves stretches with their teams wherever that costs little: whoever drops out leaves theirs
 * to the others, who keep their own. What is locked stays in any case.
 */
export function requestOf({ wish, shown, locked }: PatrolState, keeps: boolean): PatrolRequest {
  const kept = (shown?.plan.teams ?? []).flatMap(({ stops }, i) => {
    const team = wish.teams.findIndex(({ key }) => key === shown?.keys[i]);
    if (team === -1) return [];
    const own = stops.map(({ stretch }) => ({ stretch, team, locked: locked.includes(stretch) }));
    return keeps ? own : own.filter((one) => one.locked);
  });
  return {
    teams: wish.teams.map(({ name, start, end, minutes }) => ({
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(start === null ? {} : { start }),
      ...(end === null ? {} : { end }),
      ...(minutes === null ? {} : { minutes }),
    })) as PatrolRequest['teams'],
    minutes: wish.minutes,
    goal: wish.goal,
    day: wish.day,
    begins: wish.begins,
    inspect: wish.inspect,
    hot_spots: wish.hotSpots.map(([lon, lat]) => [lon, lat]),
    kept: unique(kept),
  };
}

/** A stretch that is seen twice on an evening is named once. */
function unique<T extends { readonly stretch: string }>(kept: readonly T[]): T[] {
  const seen = new Set<string>();
  return kept.filter(({ stretch }) => {
    const isNew = !seen.has(stretch);
    seen.add(stretch);
    return isNew;
  });
}
