// Volunteers and their evenings, and what of the banks was seen: as planners ask for it. Lengths are meters.
import type { Position } from 'geojson';
import { ask, query, regionPath } from './api.ts';
import { listenTo, sent } from './jobs.ts';

export const VOLUNTEER_KINDS = [
  'village_cadre',
  'grid_worker',
  'rescue_team',
  'party_volunteer',
  'other',
] as const;
export type VolunteerKind = (typeof VOLUNTEER_KINDS)[number];
export const SKILLS = ['swimmer', 'first_aid', 'boat'] as const;
export type Skill = (typeof SKILLS)[number];
/** From Monday to Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export interface Who {
  readonly name: string;
  readonly kind: VolunteerKind;
  readonly skills: readonly Skill[];
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekdays: readonly number[];
  readonly phone?: string | null;
}

export interface Volunteer {
  readonly id: number;
  readonly who: Who;
  readonly account: string | null;
  readonly state: 'applied' | 'active' | 'left';
  readonly consents: boolean | null;
  readonly validator: string;
}

/** What is said of somebody from now on. */
export interface VolunteerEdit {
  readonly who: Who;
  readonly account: string | null;
  readonly state: Volunteer['state'];
}

export interface Member {
  readonly volunteer: number;
  readonly locked: boolean;
}
export interface RosterTeam {
  readonly name: string | null;
  readonly members: readonly Member[];
}
export type Answer = 'comes' | 'cannot';

export interface Evening {
  readonly day: string;
  readonly teams: readonly RosterTeam[];
  /** Whether volunteers see it. */
  readonly published: boolean;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly validator: string;
}

export interface ProposalRequest {
  readonly from: string;
  readonly days: number;
  readonly teams: number;
  readonly members: number;
}
/** Evenings as they might be; nothing of it is kept. */
export interface Proposal {
  readonly evenings: readonly Evening[];
  /** How often everybody would be on, with the four weeks before. */
  readonly times: Readonly<Record<string, number>>;
  readonly open: number;
  readonly without: Readonly<Partial<Record<Skill, number>>>;
}

export const FLAGS = ['jump', 'too_fast', 'gap', 'bridged_gap', 'unsure', 'replayed'] as const;
export type Flag = (typeof FLAGS)[number];

export interface StopSeen {
  readonly rank: number;
  readonly stretch: string;
  readonly length_m: number;
  readonly seen_m: number;
  readonly checked_in_at: string | null;
  readonly skipped: 'unreachable' | 'unsafe' | 'already_done' | null;
}
export interface TeamSeen {
  readonly team: number;
  readonly name: string | null;
  readonly state: 'scheduled' | 'overdue' | 'active' | 'done';
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly due_m: number;
  readonly seen_m: number;
  readonly flags: readonly { readonly kind: Flag; readonly from: string; readonly to: string }[];
  readonly stops: readonly StopSeen[];
}
export interface EveningSeen {
  readonly day: string;
  /** `null`: no patrol is published. */
  readonly patrol: number | null;
  readonly teams: readonly TeamSeen[];
}

export interface StretchHistory {
  readonly stretch: string;
  readonly water_body: string | null;
  /** 1 (low) to 4 (highest). */
  readonly risk: number;
  readonly village: string | null;
  readonly length_m: number;
  readonly seen: number;
  readonly due: number;
  readonly line: readonly Position[];
}
export interface SeenHistory {
  readonly from: string;
  readonly to: string;
  readonly stretches: readonly StretchHistory[];
}

export interface RosterApi {
  volunteers(region: string): Promise<readonly Volunteer[]>;
  add(region: string, edit: VolunteerEdit): Promise<Volunteer>;
  /** Unless somebody has changed them since they were seen. */
  edit(region: string, seen: Volunteer, edit: VolunteerEdit): Promise<Volunteer>;
  evenings(region: string, from: string, days: number): Promise<readonly Evening[]>;
  propose(region: string, asked: ProposalRequest): Promise<Proposal>;
  /** In the place of the one that was seen. */
  keep(region: string, evening: Omit<Evening, 'answers'>): Promise<Evening>;
  /** What an evening's teams have seen. */
  seen(region: string, day: string): Promise<EveningSeen>;
  history(region: string, weeks: number): Promise<SeenHistory>;
  /** Calls back when something comes in from an evening's teams; returns how to stop listening. */
  listen(region: string, changed: () => void): () => void;
}

const volunteersPath = (region: string) => `${regionPath(region)}/volunteers`;
const eveningsPath = (region: string) => `${regionPath(region)}/evenings`;
const FRESH = { cache: 'no-store' } as const;

export const rosterApi: RosterApi = {
  volunteers: (region) =>
    ask<{ volunteers: Volunteer[] }>(volunteersPath(region), FRESH).then(({ volunteers }) => volunteers),
  add: (region, edit) => ask(volunteersPath(region), sent('POST', edit)),
  edit: (region, { id, validator }, edit) =>
    ask(`${volunteersPath(region)}/${id}`, sent('PUT', edit, { 'if-match': validator })),
  evenings: (region, from, days) =>
    ask<{ evenings: Evening[] }>(`${eveningsPath(region)}?${query({ from, days })}`, FRESH).then(
      ({ evenings }) => evenings,
    ),
  propose: (region, asked) => ask(`${eveningsPath(region)}/proposals`, sent('POST', asked)),
  keep: (region, { day, teams, published, validator }) =>
    ask(`${eveningsPath(region)}/${day}`, sent('PUT', { teams, published }, { 'if-match': validator })),
  seen: (region, day) => ask(`${regionPath(region)}/seen?${query({ day })}`, FRESH),
  history: (region, weeks) => ask(`${regionPath(region)}/seen/history?${query({ weeks })}`, FRESH),
  listen: (region, changed) => listenTo(region, 'patrol', changed),
};
