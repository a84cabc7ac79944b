// A small evening to test with: a team of two, three stretches, three pieces, a ditch.

import type { LonLat } from '../../src/shared/contract.ts';
import type { Pack, Stop, Wanted } from '../../src/shared/duty.ts';
import { shifted } from '../../src/shared/places.ts';
import type { StopSeen, TeamSeen } from '../../src/shared/roster.ts';
import { next } from '../../src/volunteer/next.ts';
import type { Entry } from '../../src/volunteer/outbox/entry.ts';
import { type Event, opened, type State } from '../../src/volunteer/state.ts';

export const HERE: LonLat = [9.52, 47.14];
export const at = (east_m: number, north_m: number): LonLat => shifted(HERE, east_m, north_m);

export const NOW = Date.parse('2026-11-27T18:30:00Z');

export function stop(rank: number, east_m: number, over: Partial<Stop> = {}): Stop {
  return {
    rank,
    stretch: `s${rank}`,
    along: { bank: 'b1', from_m: 0, to_m: 100, side: 'left' },
    also_sees: [],
    after_s: rank * 600,
    pause_s: 0,
    evenings: 1,
    hot_spots: [],
    inspect: [],
    line: [at(east_m, 0), at(east_m + 100, 0)],
    risk: 2,
    seen_m: 100,
    village: 'v1',
    village_name: 'Vaduz',
    water_body: 'w1',
    water_body_name: 'Rhein',
    ...over,
  };
}

export function pack(over: Partial<Pack> = {}): Pack {
  const stops = [stop(1, 0, { inspect: ['p1'] }), stop(2, 400), stop(3, 800)];
  return {
    region: 'liechtenstein',
    region_name: { zh: '列支敦士登', en: 'Liechtenstein' },
    day: '2026-11-27',
    time_zone: 'Europe/Vaduz',
    volunteer: { id: 12, name: '王芳', consent: true },
    hand_in: { right: 'a'.repeat(64), until: '2026-12-11T11:00:00Z' },
    duty: {
      team: 2,
      team_name: '北队',
      answer: null,
      begins: '19:00',
      members: [
        { id: 12, name: '王芳', phone: '13800000012', skills: ['swimmer'], is_me: true, answer: null },
        { id: 13, name: '李伟', phone: '13800000013', skills: ['first_aid'], is_me: false, answer: 'comes' },
      ],
    },
    patrol: {
      number: 7,
      team: 2,
      published_at: '2026-11-27T17:40:00Z',
      way: {
        number: 2,
        name: '北队',
        crossings: [],
        line: [at(0, 0), at(400, 0), at(900, 0)],
        start: at(0, 0),
        end: at(900, 0),
        start_is_chosen: false,
        most_s: 5400,
        takes_s: 4200,
        walk_m: 3600,
        walk_m_s: 1.2,
        seen_m: 300,
        stops,
      },
    },
    calls: { ambulance: '144', police: '117' },
    reminder: { zh: '不要独自游泳。', en: 'Do not swim alone.' },
    equipment: [
      { id: 'p1', code: 'FQ-017', kind: 'pole', condition: 'usable', at: at(50, 5), name: null },
      { id: 'p2', code: 'FQ-018', kind: 'ring', condition: 'usable', at: at(50, -30), name: '桥头' },
      { id: 'p3', code: null, kind: 'rope', condition: 'usable', at: at(700, 5), name: null },
    ],
    ground: { nodes: [], near: [], barriers: [] },
    track_days: 30,
    wanted: [],
    notices: [],
    ...over,
  };
}

export const wanted = (over: Partial<Wanted> = {}): Wanted => ({
  day: '2026-11-29',
  team: 1,
  team_name: null,
  begins: '19:00',
  volunteer: 44,
  name: '陈静',
  ...over,
});

export const seenStop = (rank: number, seen_m: number, over: Partial<StopSeen> = {}): StopSeen => ({
  rank,
  stretch: `s${rank}`,
  length_m: 100,
  seen_m,
  checked_in_at: null,
  skipped: null,
  water_body: 'Rhein',
  village: 'Vaduz',
  left: seen_m < 100 ? [[at(400 * (rank - 1) + seen_m, 0), at(400 * (rank - 1) + 100, 0)]] : [],
  ...over,
});

/** The first stretch is seen, a half of the second, nothing of the third. */
export const teamSeen = (over: Partial<TeamSeen> = {}): TeamSeen => ({
  team: 2,
  name: '北队',
  state: 'active',
  started_at: '2026-11-27T18:05:00Z',
  finished_at: null,
  flags: [],
  due_m: 300,
  seen_m: 150,
  stops: [seenStop(1, 100), seenStop(2, 50), seenStop(3, 0)],
  ...over,
});

export function entry(
  uuid: string,
  seq: number,
  body: Partial<Entry['body']> = {},
  over: Partial<Entry> = {},
): Entry {
  return {
    uuid,
    seq,
    account: 'fang',
    region: 'liechtenstein',
    right: 'a'.repeat(64),
    body: {
      day: '2026-11-27',
      at: new Date(NOW + seq * 1000).toISOString(),
      kind: 'check_in',
      patrol: 7,
      team: 2,
      stretch: null,
      equipment: null,
      how: null,
      condition: null,
      reason: null,
      seen: null,
      place: null,
      accuracy_m: null,
      note: null,
      fixes: null,
      ...body,
    },
    photos: [],
    state: { is: 'waiting' },
    ripe_ms: 0,
    tries: 0,
    ...over,
  };
}

export const seenCame = (over: Partial<TeamSeen> = {}, at_ms = NOW): Event => ({
  is: 'seenCame',
  seen: { day: '2026-11-27', patrol: 7, team: teamSeen(over), at_ms },
});

export const following = (state: State, ...events: Event[]): State => events.reduce(next, state);

/** 王芳 is signed in and has her pack. */
export function evening(over: Partial<Pack> = {}): State {
  return following(
    opened({ language: 'zh', theme: 'auto' }, NOW, true),
    { is: 'signedIn', account: { name: 'fang', roles: [{ role: 'volunteer', region: 'liechtenstein' }] } },
    { is: 'packCame', pack: pack(over), at_ms: NOW },
  );
}
