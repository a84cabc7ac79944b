// What the service answers: the shapes of `/api/v1`. Lengths are meters (`_m`), times seconds (`_s`), places
// [longitude, latitude] in WGS-84.
import type { Feature, FeatureCollection, LineString, Point } from 'geojson';

export type LonLat = [number, number];
export type Bounds = [west: number, south: number, east: number, north: number];

export const KINDS = ['pole', 'ring', 'rope', 'jacket', 'aed', 'board', 'other'] as const;
export type Kind = (typeof KINDS)[number];
export type Condition = 'usable' | 'damaged' | 'missing' | 'unverified';
export type Reason = 'none_near' | 'across_water' | 'only_unusable' | 'unreachable';
export type Standing = 'land' | 'bank' | 'water' | 'obstacle' | 'outside';

export interface Settings {
  target_m: number;
  warn_m: number;
  run_m_s: number;
  walk_m_s: number;
  budget_s: number;
  kinds: Kind[];
  time_zone: string;
  country_calls: Record<string, string>;
}

export interface Region {
  id: string;
  name: Record<string, string>;
  /** `null` unless ready. */
  bounds: Bounds | null;
  state: 'ready' | 'failed' | 'loading';
  reason: string | null;
  version: number;
  illustrative: boolean;
  invented: boolean;
  attribution: string | null;
  map_date: string | null;
  loaded_at: string | null;
  stored: string;
  counts: Record<string, number> | null;
  /** `null` where the region's file cannot be read. */
  settings: Settings | null;
  /** A map of somebody else's to draw under it; `null` where none is configured. */
  base_map: BaseMap | null;
}

export interface BaseMap {
  tiles: string;
  attribution: string;
}

export interface Totals {
  bank_m: number;
  covered_m: number;
}

export interface CoverageRow extends Totals {
  id: string;
  /** `null` for a water body without a name. */
  name: string | null;
  code: string | null;
  kind: string | null;
  risk: number | null;
  gaps: number;
  /** `null` for water bodies. */
  equipment: number | null;
  bounds: Bounds | null;
  /** A place inside. */
  center?: LonLat | null;
}

export interface Coverage extends Totals {
  region: string;
  version: number;
  limit_m: number;
  gaps: number;
  rows: CoverageRow[];
  elsewhere: Totals & { gaps: number };
}

export interface GapProperties {
  id: string;
  bank: string;
  water_body: string | null;
  village: string | null;
  from_m: number;
  to_m: number;
  length_m: number;
  worst_reach_m: number | null;
  reason: Reason;
  nearest: string | null;
  nearest_straight_m: number | null;
  bounds?: Bounds;
}
export type Gap = Feature<LineString, GapProperties>;
export type GapPage = FeatureCollection<LineString, GapProperties> & { total: number; next: string | null };

export interface EquipmentProperties {
  id: string;
  kind: Kind;
  condition: Condition;
  name: string | null;
  village: string | null;
  inspected_on: string | null;
  note: string | null;
  code: string | null;
  illustrative: boolean;
  on: Standing;
  moved_m: number;
}
export type Equipment = Feature<Point, EquipmentProperties>;
export type EquipmentPage = FeatureCollection<Point, EquipmentProperties> & {
  total?: number;
  next: string | null;
};

export interface NearestResult {
  id: string;
  kind: Kind;
  condition: Condition;
  at: LonLat;
  walk_m: number;
  straight_m: number;
  run_s: number;
  fetch_and_return_s: number;
  bank: 'same' | 'other' | 'none';
  crossings: string[];
  code: string | null;
  from_bank?: string | null;
  line?: LonLat[];
  straight_line?: LonLat[];
}

export interface Nearest {
  at: LonLat;
  region: string;
  place: {
    on: Standing;
    water_body: string | null;
    banks: { bank: string; chainage_m: number; offset_m: number }[];
  };
  results: NearestResult[];
  unreachable: number;
}

export type Change = { add: { kind: Kind; at: LonLat } };

export interface ChangedProperties {
  bank: string;
  from_m: number;
  to_m: number;
  change: 'covered' | 'uncovered';
  village: string | null;
}

export interface Placed {
  change: number;
  at: LonLat;
  on: Standing;
  moved_m: number;
  stands: boolean;
}

export interface Evaluation {
  version: number;
  before: Totals;
  after: Totals;
  changed: FeatureCollection<LineString, ChangedProperties>;
  placed: Placed[];
  villages: { id: string; before: Totals; after: Totals }[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  parameter?: string;
}
