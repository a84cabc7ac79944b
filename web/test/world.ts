// A small world to test in: one region, two villages, two stretches too far.

import { next } from '../src/planner/next.ts';
import { type Event, opened, type State } from '../src/planner/state.ts';
import type {
  Coverage,
  CoverageRow,
  Equipment,
  EquipmentProperties,
  Evaluation,
  Gap,
  GapProperties,
  LonLat,
  Notice,
  Region,
  Settings,
} from '../src/shared/contract.ts';
import { viewFromHash } from '../src/shared/url.ts';

export const settings: Settings = {
  target_m: 50,
  warn_m: 100,
  run_m_s: 2,
  walk_m_s: 1.3,
  budget_s: 60,
  kinds: ['pole', 'ring', 'rope'],
  time_zone: 'Europe/Vaduz',
  country_calls: {},
};

export function region(id: string, over: Partial<Region> = {}): Region {
  return {
    id,
    code: 'AB',
    name: { en: id, zh: `${id}（中文）` },
    bounds: [9.4, 47, 9.7, 47.3],
    state: 'ready',
    reason: null,
    version: 1,
    illustrative: true,
    invented: false,
    attribution: '© OpenStreetMap contributors, ODbL 1.0',
    map_date: '2013-08-03',
    base_map: null,
    loaded_at: '2026-01-02T03:04:05Z',
    stored: 'memory',
    counts: { water_bodies: 2, banks: 4, villages: 2, equipment: 12, crossings: 1, oddities: 0 },
    settings,
    ...over,
  };
}

export function row(id: string, name: string, over: Partial<CoverageRow> = {}): CoverageRow {
  return {
    id,
    name,
    code: null,
    kind: null,
    risk: null,
    bank_m: 1000,
    covered_m: 400,
    gaps: 1,
    equipment: 3,
    bounds: [9.5, 47.1, 9.6, 47.2],
    center: null,
    ...over,
  };
}

export function piece(id: string, at: LonLat, over: Partial<EquipmentProperties> = {}): Equipment {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: at },
    properties: {
      id,
      kind: 'pole',
      condition: 'usable',
      name: null,
      village: null,
      inspected_on: null,
      note: null,
      code: 'AB-0001-K',
      illustrative: true,
      on: 'land',
      moved_m: 0,
      ...over,
    },
  };
}

export function gap(id: string, over: Partial<GapProperties> = {}): Gap {
  return {
    type: 'Feature',
    id,
    geometry: {
      type: 'LineString',
      coordinates: [
        [9.51, 47.11],
        [9.52, 47.12],
        [9.53, 47.13],
      ],
    },
    properties: {
      id,
      bank: 'b1',
      side: 'left',
      water_body: 'w1',
      water_body_name: null,
      risk: 2,
      village: 'r1',
      village_name: null,
      from_m: 100,
      to_m: 500,
      length_m: 400,
      worst_reach_m: 260,
      reason: 'none_near',
      nearest: 'p1',
      nearest_straight_m: 80,
      bounds: [9.51, 47.11, 9.53, 47.13],
      ...over,
    },
  };
}

export const coverage: Coverage = {
  region: 'here',
  version: 1,
  datum: 'wgs84',
  limit_m: 50,
  kinds: ['pole', 'ring', 'rope'],
  bank_m: 3000,
  covered_m: 1000,
  covered_share: 1 / 3,
  gaps: 2,
  rows: [row('r1', 'Vaduz'), row('r2', 'Triesen', { bank_m: 1500, covered_m: 600, equipment: 9 })],
  elsewhere: { bank_m: 500, covered_m: 0, gaps: 1 },
};

export function evaluation(over: Partial<Evaluation> = {}): Evaluation {
  return {
    datum: 'wgs84',
    version: 1,
    limit_m: 50,
    before: { bank_m: 3000, covered_m: 1000 },
    after: { bank_m: 3000, covered_m: 1150 },
    changed: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: [] },
          properties: { bank: 'b1', from_m: 50, to_m: 250, change: 'covered', village: 'r1' },
        },
      ],
    },
    placed: [{ change: 0, at: [9.5, 47.1], on: 'bank', moved_m: 3.2, stands: true }],
    villages: [
      { id: 'r1', before: { bank_m: 1000, covered_m: 400 }, after: { bank_m: 1000, covered_m: 550 } },
    ],
    ...over,
  };
}

export const memory = { language: 'en', has_hints: false, has_shortcuts: true } as const;

/** The page as it is after these events. */
export function pageAfter(...events: Event[]): State {
  return events.reduce(next, opened(viewFromHash(''), memory));
}

export const regionsCame: Event = { is: 'regionsCame', regions: [region('here')], at_ms: 1 };
export const coverageCame: Event = { is: 'coverageCame', coverage, at_ms: 2 };
export const gapsCame: Event = {
  is: 'gapsCame',
  gaps: {
    type: 'FeatureCollection',
    total: 2,
    next: null,
    features: [gap('g1'), gap('g2', { bank: 'b2', reason: 'unreachable', worst_reach_m: null })],
  },
  at_ms: 3,
};
export const put: Event = { is: 'putHere', at: [9.5, 47.1] };

export function notice(over: Partial<Notice> = {}): Notice {
  return {
    id: 1,
    region: 'here',
    kind: 'thin_ice',
    severity: 'severe',
    zh: { title: '别上冰', text: '冰很薄' },
    en: { title: 'Keep off the ice', text: 'It is thin' },
    villages: [],
    water_bodies: [],
    from: '2026-01-02T03:00:00Z',
    until: '2026-01-03T03:00:00Z',
    state: 'in_force',
    written_at: '2026-01-02T03:00:00Z',
    changed_at: '2026-01-02T03:00:00Z',
    etag: '"notice-1-1-1"',
    cap: '/api/v1/regions/here/notices/1/cap',
    ...over,
  };
}
