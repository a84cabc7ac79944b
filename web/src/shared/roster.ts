// Volunteers and their evenings, and what of the banks was seen: as planners ask for it. Lengths are meters.
import type { components } from '../../api.gen.ts';
import { ask, query, regionPath } from './api.ts';
import { listenTo, sent } from './jobs.ts';

type Schemas = components['schemas'];

export const VOLUNTEER_KINDS = [
  'village_cadre',
  'grid_worker',
  'rescue_team',
  'party_volunteer',
  'other',
] as const satisfies readonly VolunteerKind[];
export type VolunteerKind = Schemas['VolunteerKindName'];
export const SKILLS = ['swimmer', 'first_aid', 'boat'] as const satisfies readonly Skill[];
export type Skill = Schemas['SkillName'];
/** From Monday to Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type Who = Pick<Schemas['WhoBody'], 'name' | 'kind' | 'phone'> & {
  readonly skills: readonly Skill[];
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekdays: readonly number[];
};
export type Volunteer = Omit<Schemas['VolunteerBody'], 'who'> & { readonly who: Who };
/** What is said of somebody from now on. */
export type VolunteerEdit = Pick<Volunteer, 'who' | 'account' | 'state'>;

export type Member = Required<Schemas['MemberBody']>;
export type RosterTeam = Omit<Schemas['RosterTeamBody'], 'members'> & { readonly members: readonly Member[] };
export type Answer = Schemas['AnswerName'];
export type Evening = Omit<Schemas['EveningBody'], 'teams'> & { readonly teams: readonly RosterTeam[] };

export type ProposalRequest = Schemas['ProposalRequest'] & { readonly days: number };
/** Evenings as they might be; nothing of it is kept. */
export type Proposal = Pick<Schemas['ProposedEveningsBody'], 'times' | 'open' | 'without'> & {
  readonly evenings: readonly Evening[];
};

export const FLAGS = [
  'jump',
  'too_fast',
  'gap',
  'bridged_gap',
  'unsure',
  'replayed',
] as const satisfies readonly Flag[];
export type Flag = Schemas['FlagName'];
export type StopSeen = Schemas['StopSeenBody'];
export type TeamSeen = Omit<Schemas['TeamSeenBody'], 'pieces'>;
export type EveningSeen = Pick<Schemas['EveningSeenBody'], 'day' | 'patrol'> & {
  readonly teams: readonly TeamSeen[];
};
export type StretchHistory = Schemas['StretchHistoryBody'];
export type SeenHistory = Pick<Schemas['SeenHistoryBody'], 'from' | 'to' | 'stretches'>;

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
