// What a volunteer's phone asks of the service: the evening's pack, and entries that are handed in whenever there is a line.
import type { Account, Invitation, Session } from './accounts.ts';
import { ask, query, regionPath } from './api.ts';
import type { Bounds, Condition, Kind, LonLat, Region, Seen } from './contract.ts';
import { sent } from './jobs.ts';
import type { Stop as AnyStop, Team } from './patrols.ts';

export type Answer = 'comes' | 'cannot';

export interface Member {
  readonly id: number | string;
  readonly name: string;
  readonly phone: string | null;
  readonly skills: readonly string[];
  readonly is_me: boolean;
  readonly answer: Answer | null;
}

/** A stretch of the team's way. */
export type Stop = Omit<AnyStop, 'line'> & { readonly line: readonly LonLat[] };
export type Way = Omit<Team, 'line' | 'start' | 'end' | 'stops'> & {
  readonly line: readonly LonLat[];
  readonly start: LonLat;
  readonly end: LonLat;
  readonly stops: readonly Stop[];
};

export interface Piece {
  readonly id: string;
  readonly code: string | null;
  readonly kind: Kind;
  readonly condition: Condition;
  readonly at: LonLat;
  readonly name: string | null;
}

/** The walking ground around the way, so that the nearest piece is known without a line. */
export interface Ground {
  readonly nodes: readonly LonLat[];
  /** For each node its nearest usable pieces, counted in the pack's equipment, and how far they are on foot. */
  readonly near: readonly (readonly (readonly [piece: number, meters: number])[])[];
  /** What nobody walks through. */
  readonly barriers: readonly (readonly LonLat[])[];
}

/** Lets this phone hand in entries for an account later, whoever is signed in then. */
export interface HandIn {
  readonly right: string;
  readonly until: string;
}

/** All that a phone needs for an evening. */
export interface Pack {
  readonly region: string;
  readonly region_name: Readonly<Record<string, string>>;
  readonly day: string;
  readonly time_zone: string;
  /** `null`: this account is nobody on the roster. */
  readonly volunteer: {
    readonly id: number | string;
    readonly name: string;
    readonly consent: boolean | null;
  } | null;
  readonly hand_in: HandIn;
  readonly duty: {
    readonly team: number;
    readonly team_name: string | null;
    readonly answer: Answer | null;
    readonly begins: string | null;
    readonly members: readonly Member[];
  } | null;
  readonly patrol: {
    readonly number: number;
    readonly team: number;
    readonly published_at: string;
    readonly way: Way;
  } | null;
  readonly calls: Readonly<Record<string, string>>;
  readonly reminder: Readonly<Record<string, string>>;
  readonly equipment: readonly Piece[];
  readonly ground: Ground;
  readonly track_days: number;
}

export type EntryKind = 'start' | 'finish' | 'check_in' | 'skip' | 'person_in_water' | 'report' | 'track';
export type How = 'code' | 'place' | 'hand';
export const REASONS = ['unreachable', 'unsafe', 'already_done'] as const;
export type Reason = (typeof REASONS)[number];
export const CHECKED = ['usable', 'damaged', 'missing'] as const;
export type Checked = (typeof CHECKED)[number];
/** Milliseconds since the entry's time, longitude, latitude, accuracy in meters. */
export type TrackFix = readonly [number, number, number, number];

/** What is handed in: what does not belong to its kind is `null`. */
export interface EntryBody {
  readonly day: string;
  readonly at: string;
  readonly kind: EntryKind;
  readonly patrol: number | null;
  readonly team: number | null;
  readonly stretch: string | null;
  readonly equipment: string | null;
  readonly how: How | null;
  readonly condition: Checked | null;
  readonly reason: Reason | null;
  readonly seen: Seen | null;
  readonly place: LonLat | null;
  readonly accuracy_m: number | null;
  readonly note: string | null;
  readonly fixes: readonly TrackFix[] | null;
}

export interface TakenIn {
  readonly id: string;
  readonly received_at: string;
  readonly report: { readonly id: number; readonly photo_right: string } | null;
}

export interface TileMap {
  readonly tiles: readonly string[];
  readonly bounds?: Bounds;
  readonly attribution?: string;
}

export interface DutyApi {
  session(): Promise<Account | null>;
  signIn(name: string, password: string): Promise<Account | null>;
  signOut(): Promise<void>;
  lookAt(token: string): Promise<Invitation>;
  accept(token: string, who: { name: string; password: string } | null): Promise<Account | null>;
  regions(): Promise<readonly Region[]>;
  /** Of today, unless another day is named; with a new right to hand in, unless there is a good one. */
  pack(region: string, day: string | null, good: HandIn | null): Promise<Pack>;
  answer(region: string, day: string, answer: Answer): Promise<void>;
  /** Whether the track may be kept; a no also erases what was kept. */
  consent(region: string, consent: boolean): Promise<void>;
  /** May be sent any number of times, and counts once. */
  handIn(region: string, uuid: string, right: string, body: EntryBody): Promise<TakenIn>;
  tileMap(region: string): Promise<TileMap>;
}

const accountOf = (asked: Promise<Session>) => asked.then(({ account }) => account);

export const dutyApi: DutyApi = {
  session: () => accountOf(ask('/api/v1/session', { cache: 'no-store' })),
  signIn: (name, password) => accountOf(ask('/api/v1/session', sent('POST', { name, password }))),
  signOut: () => ask('/api/v1/session', { method: 'DELETE' }),
  lookAt: (token) => ask('/api/v1/invitations/look', sent('POST', { token })),
  accept: (token, who) => accountOf(ask('/api/v1/invitations/accept', sent('POST', { token, ...who }))),
  regions: () => ask<{ regions: Region[] }>('/api/v1/regions').then(({ regions }) => regions),
  pack: (region, day, good) =>
    Promise.all([
      ask<Omit<Pack, 'hand_in'>>(`${regionPath(region)}/duty?${query({ day })}`, { cache: 'no-store' }),
      good ?? ask<HandIn>(`${regionPath(region)}/duty/hand-in`, { method: 'POST' }),
    ]).then(([pack, hand_in]) => ({ ...pack, hand_in })),
  answer: (region, day, answer) => ask(`${regionPath(region)}/duty/answer`, sent('PUT', { day, answer })),
  consent: (region, consent) => ask(`${regionPath(region)}/duty/consent`, sent('PUT', { consent })),
  handIn: (region, uuid, right, body) =>
    ask(`${regionPath(region)}/entries/${encodeURIComponent(uuid)}`, {
      ...sent('PUT', body, { 'hand-in': right }),
      // The right says whose it is: whoever is signed in by now is not meant.
      credentials: 'omit',
    }),
  tileMap: (region) => ask(`/tiles/${encodeURIComponent(region)}.json`),
};
