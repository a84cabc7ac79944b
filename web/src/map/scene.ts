// What the map is to show: plain data, drawn by `view.ts`.
import type { FeatureCollection, LineString, Position } from 'geojson';
import type { BaseMap, Bounds, ChangedProperties, Kind, LonLat } from '../shared/contract.ts';
import type { Camera, Layer } from '../shared/layers.ts';

export interface Pin {
  readonly letter: string;
  readonly label: string;
  readonly at: LonLat;
  readonly is_chosen: boolean;
  /** Its effect is not known yet, or could not be asked for. */
  readonly is_pending: boolean;
}

export interface Proposed {
  readonly at: LonLat;
  readonly is: 'added' | 'changed' | 'skipped';
  /** Written on it in place of its sign. */
  readonly rank?: number;
  /** In place of the one of what becomes of it. */
  readonly color?: string;
  /** One of many on something that is drawn. */
  readonly isSmall?: boolean;
}

/** A line that is drawn. */
export interface Drawn {
  readonly line: readonly LonLat[];
  readonly color: string;
  /** Pixels, close up. */
  readonly width: number;
  /** In line widths; `null` for a solid line. */
  readonly dash: readonly number[] | null;
  /** It is one thing on the map among others, which do not step back. */
  readonly isBeside?: boolean;
}

export interface Scene {
  /** `null` until a region is known. Another address: another version or condition; another return: ask again. */
  readonly tiles: {
    readonly region: string;
    readonly address: string;
    readonly attribution: string;
    readonly bounds: Bounds;
    readonly returns: number;
  } | null;
  /** Somebody else's picture tiles, drawn under everything when their layer is switched on. */
  readonly base: BaseMap | null;
  readonly limit_m: number;
  readonly warn_m: number;
  readonly kinds: readonly Kind[];
  readonly layers: readonly Layer[];
  /** Of banks and villages, over what is below them. */
  readonly opacity_pct: number;
  /** Share too far and its text, by village. */
  readonly villages: ReadonlyMap<string, { readonly share: number; readonly text: string }>;
  readonly village: string | null;
  readonly hovered: string | null;
  readonly pins: readonly Pin[];
  readonly changed: FeatureCollection<LineString, ChangedProperties>['features'];
  /** What an import would do, where pieces or teams would go: places, and lines below them. */
  readonly proposed: readonly (Proposed | Drawn)[];
  /** When the change that `changed` answers was made, on the clock of `performance.now()`. */
  readonly changed_since_ms: number | null;
  readonly gap: readonly Position[] | null;
  readonly place: LonLat | null;
  readonly piece: LonLat | null;
  /** Where whoever looks is; how sure that is, and where they look, degrees from north. */
  readonly own?: {
    readonly at: LonLat;
    readonly accuracy_m: number;
    readonly heading: number | null;
  } | null;
  readonly route: readonly LonLat[] | null;
  readonly straight: readonly LonLat[] | null;
  readonly aim: {
    readonly number: number;
    readonly bounds?: Bounds;
    readonly at?: LonLat;
    readonly zoom?: number;
  } | null;
  readonly camera: Camera | null;
  /** Whether a tap puts or moves a pole. */
  readonly is_placing: boolean;
  /** Pixels at the bottom that the sheet covers. */
  readonly covered_px: number;
}
