// What is known of the search for the next places, of what was accepted of it, and of the scenarios that are kept beside.
import type { Gap, Kind, LonLat } from '../../../shared/contract.ts';
import type { Job, Placement, PlacementRequest, Site } from '../../../shared/placement.ts';
import type { WhatIfs } from '../../scenario.ts';
import type { State } from '../../state.ts';
import type { DeskFault } from '../state.ts';
import { byKind, counted, NEAR, type Near, numbered, type PerKind, weighing } from './kinds.ts';

export const MOST_SITES = 100;
export const MOST_KEPT = 3;
export const MOST_MOVES = 20;
/** So many places and stretches of each kind are named at most. */
export const MOST_NAMED = 100;

/** What the form says. */
export interface Wish {
  readonly goal: 'sites' | 'cover';
  readonly sites: number;
  readonly cover_percent: number;
  readonly kind: Kind;
  /** The reach of a kind that has another than the page's limit, meters. */
  readonly limits: PerKind;
  /** So many of a kind: where any has a number, these are put up in place of `sites` of `kind`. */
  readonly numbers: PerKind;
  /** How much more bank counts that is near something: 1 is twice as much. */
  readonly near: Readonly<Record<Near, number>>;
  /** Whether a piece may stand on a path beside the bank, too. */
  readonly beside: boolean;
  readonly backup: boolean;
  readonly by_risk: boolean;
  /** Whether the what-ifs stay where they are, as part of what is proposed. */
  readonly keeps: boolean;
  /** Every village has at least so much of its bank covered first; `null` where none comes first. */
  readonly fair_percent: number | null;
  /** So many badly placed pieces may be moved, beside the new ones. */
  readonly moves: number;
  /** Where a piece must stand, whatever else. */
  readonly required: readonly LonLat[];
  /** Where none can stand. */
  readonly forbidden: readonly Stretch[];
}

/** A stretch of bank; meters from the bank's start. */
export interface Stretch {
  readonly bank: string;
  readonly from_m: number;
  readonly to_m: number;
  /** As people know it, like `Rhine, left bank · Vaduz`; `null` for water and village without a name. */
  readonly name: string | null;
  /** In the middle, as far as the page knows it. */
  readonly at: LonLat;
  /** Gaps that were known along it when it was named: their lines are all that the page knows of the bank's. */
  readonly along?: readonly Gap[];
}

/** A site that has become a what-if; by its letter it is known wherever it is dragged. */
export interface Accepted {
  readonly letter: string;
  readonly site: Site;
}

/** A scenario that was put aside to be compared; in this page's memory alone. */
export interface Kept {
  readonly name: string;
  readonly whatIfs: WhatIfs;
  readonly accepted: readonly Accepted[];
  readonly limit_m: number;
  readonly bank_m: number;
  readonly before_m: number;
  readonly after_m: number;
}

export interface Shown {
  readonly result: Placement;
  /** Of the region that was asked. */
  readonly version: number;
  /** What it answers. */
  readonly wish: Wish;
}

export interface PlacingState {
  readonly wish: Wish;
  /** Whether a tap on the map says where a piece must stand. */
  readonly picks: boolean;
  /** Counts up when somebody asks; 0 until then. After that, another wish is asked by itself. */
  readonly asked: number;
  /** The number of the search whose answers count: late ones are told by it. */
  readonly search: number;
  /** What that search was begun with. */
  readonly searched: Wish | null;
  readonly job: Job | null;
  readonly isStarting: boolean;
  /** The latest answer; it stays while another is looked for. */
  readonly shown: Shown | null;
  readonly fault: DeskFault | null;
  readonly accepted: readonly Accepted[];
  readonly kept: readonly Kept[];
  /** What would be covered if every accepted piece stood where it was proposed. */
  readonly proposedCovered: { readonly key: string; readonly covered_m: number } | null;
}

export type PlacingEvent =
  | { readonly is: 'wished'; readonly wish: Partial<Wish> }
  /** A piece must stand here; a place that is named already is not named twice. */
  | { readonly is: 'required'; readonly at: LonLat }
  /** None can stand here; a stretch of the same bank that it touches becomes one with it. */
  | { readonly is: 'forbidden'; readonly stretch: Stretch }
  /** Whether a tap on the map says where a piece must stand. */
  | { readonly is: 'picking'; readonly picks: boolean }
  | { readonly is: 'askedFor' }
  | { readonly is: 'searchBegun'; readonly search: number }
  | { readonly is: 'jobCame'; readonly search: number; readonly job: Job }
  | { readonly is: 'searchFailed'; readonly search: number; readonly fault: DeskFault }
  | { readonly is: 'accepted'; readonly accepted: readonly Accepted[] }
  /** Those that are not among the what-ifs any more are forgotten. */
  | { readonly is: 'whatIfsAre'; readonly whatIfs: WhatIfs }
  | { readonly is: 'keptAs'; readonly kept: Kept }
  | { readonly is: 'takenUp'; readonly kept: Kept }
  | { readonly is: 'forgotten'; readonly name: string }
  | { readonly is: 'proposedCovers'; readonly key: string; readonly covered_m: number }
  /** Another region, or nobody is signed in any more. */
  | { readonly is: 'left' };

export const NOTHING_PLACED: PlacingState = {
  wish: {
    goal: 'sites',
    sites: 20,
    cover_percent: 95,
    kind: 'pole',
    limits: {},
    numbers: {},
    near: { houses: 0, schools: 0, incidents: 0 },
    beside: true,
    backup: false,
    by_risk: true,
    keeps: false,
    fair_percent: null,
    moves: 0,
    required: [],
    forbidden: [],
  },
  picks: false,
  asked: 0,
  search: 0,
  searched: null,
  job: null,
  isStarting: false,
  shown: null,
  fault: null,
  accepted: [],
  kept: [],
  proposedCovered: null,
};

/** How much is wished that stands behind the form's own fields. */
export function nWished({ goal, fair_percent, moves, required, forbidden }: Wish): number {
  const n_counted = goal === 'sites' ? Number(fair_percent !== null) + Number(moves > 0) : 0;
  return n_counted + Number(required.length > 0) + Number(forbidden.length > 0);
}

export const nWeighed = ({ near }: Wish): number => NEAR.filter((what) => near[what] > 0).length;

/** What the service is asked; the limit and the other kinds are the page's own. */
export function requestOf({ wish }: PlacingState, planner: State): PlacementRequest {
  const { goal, sites, cover_percent, kind, backup, by_risk, keeps, fair_percent, moves } = wish;
  const kept = keeps ? planner.scenario.whatIfs.map(({ at }) => at) : [];
  // What comes first and what is moved is a question only where the pieces are counted.
  const by_kind = byKind(wish, planner.kinds);
  const number = numbered(by_kind).length === 0 ? { sites } : {};
  const pieces = { ...number, moves, ...(fair_percent === null ? {} : { fair_percent }) };
  return {
    ...(goal === 'sites' ? pieces : { cover_percent }),
    limit_m: planner.limit_m,
    kinds: [kind, ...counted(wish, planner.kinds).filter((one) => one !== kind)],
    ...(by_kind.length > 0 && { by_kind: by_kind as NonNullable<PlacementRequest['by_kind']> }),
    ...weighing(wish),
    ...(!wish.beside && { beside: false }),
    backup,
    by_risk,
    required: [...kept, ...wish.required],
    forbidden: wish.forbidden.map(({ bank, from_m, to_m }) => ({ bank, from_m, to_m })),
  };
}
