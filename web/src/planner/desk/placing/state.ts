// What is known of the search for the next places, of what was accepted of it, and of the scenarios that are kept beside.
import type { Kind } from '../../../shared/contract.ts';
import type { Job, Placement, PlacementRequest, Site } from '../../../shared/placement.ts';
import type { WhatIfs } from '../../scenario.ts';
import type { State } from '../../state.ts';
import type { DeskFault } from '../state.ts';

export const MOST_SITES = 100;
export const MOST_KEPT = 3;

/** What the form says. */
export interface Wish {
  readonly goal: 'sites' | 'cover';
  readonly sites: number;
  readonly cover_percent: number;
  readonly kind: Kind;
  readonly backup: boolean;
  readonly by_risk: boolean;
  /** Whether the what-ifs stay where they are, as part of what is proposed. */
  readonly keeps: boolean;
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
}

export interface PlacingState {
  readonly wish: Wish;
  /** Counts up when somebody asks; 0 until then. After that, another wish is asked by itself. */
  readonly asked: number;
  /** The number of the search whose answers count: late ones are told by it. */
  readonly search: number;
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
    backup: false,
    by_risk: true,
    keeps: false,
  },
  asked: 0,
  search: 0,
  job: null,
  isStarting: false,
  shown: null,
  fault: null,
  accepted: [],
  kept: [],
  proposedCovered: null,
};

/** What the service is asked; the limit and the other kinds are the page's own. */
export function requestOf({ wish }: PlacingState, planner: State): PlacementRequest {
  const { goal, sites, cover_percent, kind, backup, by_risk, keeps } = wish;
  return {
    ...(goal === 'sites' ? { sites } : { cover_percent }),
    limit_m: planner.limit_m,
    kinds: [kind, ...planner.kinds.filter((one) => one !== kind)],
    backup,
    by_risk,
    required: keeps ? planner.scenario.whatIfs.map(({ at }) => at) : [],
  };
}
