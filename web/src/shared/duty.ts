// What a volunteer's phone asks of the service: the evening's pack, and entries that are handed in whenever there is a line.
import type { components } from '../../api.gen.ts';
import type { Account, Invitation, Session } from './accounts.ts';
import { ask, query, regionPath } from './api.ts';
import type { Bounds, Condition, Region } from './contract.ts';
import { sent } from './jobs.ts';
import type { EveningSeen } from './roster.ts';

type Schemas = components['schemas'];

export type Answer = Schemas['AnswerName'];
export type Member = Schemas['PartnerBody'];
/** The way of a team, and a stretch of it. */
export type Way = Schemas['TeamBody'];
export type Stop = Way['stops'][number];
export type Piece = Omit<Schemas['PackedPieceBody'], 'code'> & { readonly code: string | null };
/** The walking ground around the way, so that the nearest piece is known without a line. */
export type Ground = Omit<Schemas['PackedGroundBody'], 'near'> & {
  /** For each node its nearest usable pieces, counted in the pack's equipment, and how far they are on foot. */
  readonly near: readonly (readonly (readonly [piece: number, meters: number])[])[];
};
/** Lets this phone hand in entries for an account later, whoever is signed in then. */
export type HandIn = Schemas['HandInBody'];

/** An evening that somebody else hands over. */
export type Wanted = Schemas['WantedBody'];

/** All that a phone needs for an evening. */
export type Pack = Omit<Schemas['DutyBody'], 'equipment' | 'ground' | 'datum' | 'attribution'> & {
  readonly equipment: readonly Piece[];
  readonly hand_in: HandIn;
  readonly ground: Ground;
};

export type EntryKind = Schemas['EntryKind'];
export type How = Schemas['ShownByName'];
export const REASONS = ['unreachable', 'unsafe', 'already_done'] as const satisfies readonly Reason[];
export type Reason = Schemas['SkipReasonName'];
export const CHECKED = ['usable', 'damaged', 'missing'] as const satisfies readonly Condition[];
export type Checked = (typeof CHECKED)[number];
/** Milliseconds since the entry's time, longitude, latitude, accuracy in meters. */
export type TrackFix = readonly [number, number, number, number];

type Entry = Required<Schemas['EntryRequest']>;
/** What is handed in: what does not belong to its kind is `null`. */
export type EntryBody = Omit<Entry, 'fixes' | 'condition'> & {
  readonly condition: Checked | null;
  readonly fixes: readonly TrackFix[] | null;
};
export type TakenIn = Schemas['EntryReceipt'];

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
  /** Of all teams that one may see: a volunteer's own. */
  seen(region: string, day: string): Promise<EveningSeen>;
  /** Goes in somebody's place who hands the evening over. */
  takeOver(region: string, day: string, volunteer: number): Promise<void>;
  /** Makes the address of one's own calendar; an earlier one opens nothing any more. */
  calendar(region: string): Promise<{ readonly url: string }>;
}

/** The way as a file that apps of maps open. */
export const gpxPath = (region: string, day: string) => `${regionPath(region)}/duty/gpx?${query({ day })}`;

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
  seen: (region, day) => ask(`${regionPath(region)}/seen?${query({ day })}`, { cache: 'no-store' }),
  takeOver: (region, day, volunteer) =>
    ask(`${regionPath(region)}/duty/take-over`, sent('POST', { day, volunteer })),
  calendar: (region) => ask(`${regionPath(region)}/duty/calendar`, { method: 'POST' }),
};
