// All that the planner's page knows, and what may happen to it.
import type { Drawn, Proposed } from '../map/scene.ts';
import type {
  Bounds,
  Coverage,
  CoverageRow,
  Crossing,
  Equipment,
  Evaluation,
  GapPage,
  Kind,
  LonLat,
  Nearest,
  Region,
} from '../shared/contract.ts';
import { type Camera, type Layer, OPACITY } from '../shared/layers.ts';
import type { Selection, View } from '../shared/url.ts';
import type { Language } from '../shared/words.ts';
import { NOTHING_TRIED, type Scenario } from './scenario.ts';

/** Why an answer is not there: the service cannot be reached, or it refused and said why. */
export type Fault =
  | { readonly what: 'unreachable' }
  | { readonly what: 'refused'; readonly why: string; readonly kind?: string };

/** Something asked for: the last answer stays while a newer one is under way or has failed. */
export interface Asked<T> {
  readonly value: T | null;
  readonly is_waiting: boolean;
  readonly fault: Fault | null;
  /** When the value came, in milliseconds since 1970. */
  readonly at_ms: number;
}
export const NOT_ASKED: Asked<never> = { value: null, is_waiting: false, fault: null, at_ms: 0 };

export type Mode =
  | { readonly what: 'look' }
  /** The next tap on the map puts a what-if pole. */
  | { readonly what: 'put' }
  /** The next tap on the map is where this one goes. */
  | { readonly what: 'move'; readonly letter: string }
  /** The next tap on the map is where the piece stands that is being edited. */
  | { readonly what: 'mark' }
  /** Every tap on the map is the next corner of what is drawn. */
  | { readonly what: 'sketch' };

/** A way or a bank that is being drawn. */
export interface Sketch {
  readonly line: readonly LonLat[];
  /** Whether its last corner joins its first. */
  readonly is_ring: boolean;
}

export type Tab = 'villages' | 'gaps' | 'whatIfs' | 'desk';
export type Sheet = 'peek' | 'half' | 'full';
export type Dialog = 'help' | 'print' | null;
export type Column = 'name' | 'far' | 'share' | 'equipment';

/** Where the map shall go next; a new number is a new wish. */
export interface Aim {
  readonly number: number;
  readonly bounds?: Bounds;
  readonly at?: LonLat;
  readonly zoom?: number;
}

export interface Evaluated {
  /** Counts up with every request: late answers are told by it. */
  readonly number: number;
  readonly question: string;
  /** When the change that it answers was made, on the clock of `performance.now()`. */
  readonly since_ms: number;
  readonly answer: Evaluation;
}

export interface State {
  readonly language: Language;
  readonly regions: Asked<readonly Region[]>;
  readonly region: string | null;
  readonly camera: Camera | null;
  readonly aim: Aim | null;
  readonly limit_m: number;
  readonly kinds: readonly Kind[];
  readonly any_condition: boolean;
  readonly village: string | null;
  readonly selection: Selection | null;
  readonly layers: readonly Layer[];
  readonly opacity_pct: number;
  readonly scenario: Scenario;
  /** Where the piece stands that is being edited, as it is now being said; `null` while none is. */
  readonly marked: LonLat | null;
  readonly sketch: Sketch | null;
  /** What an import would do, shown before it is done. */
  readonly proposed: readonly (Proposed | Drawn)[];
  readonly mode: Mode;
  readonly shows_before: boolean;
  readonly coverage: Asked<Coverage>;
  readonly gaps: Asked<GapPage>;
  readonly gaps_wanted: number;
  readonly equipment: Asked<readonly Equipment[]>;
  readonly waters: Asked<readonly CoverageRow[]>;
  readonly nearest: Asked<Nearest>;
  readonly crossing: Asked<Crossing>;
  readonly evaluated: Evaluated | null;
  readonly evaluating: { readonly is_slow: boolean; readonly fault: Fault | null };
  /** Whether the service knows people: an older one does not. */
  readonly has_accounts: boolean;
  /** How often a report came in or was decided, or a rescue point was changed, since the page was opened. */
  readonly n_reported: number;
  /** Since when the service cannot be reached. */
  readonly lost_since_ms: number | null;
  /** How often it came back. */
  readonly returns: number;
  /** `none` where the browser draws no maps, `failed` where the map's code did not come. */
  readonly map: 'waiting' | 'there' | 'none' | 'failed';
  readonly tab: Tab;
  readonly sheet: Sheet;
  readonly dialog: Dialog;
  readonly is_legend_open: boolean;
  readonly is_layers_open: boolean;
  /** Somebody else's base map did not come, so the region's own took its place. */
  readonly has_base_failed: boolean;
  readonly has_hints: boolean;
  readonly has_shortcuts: boolean;
  readonly hovered: string | null;
  readonly sort: { readonly column: Column; readonly is_rising: boolean };
  readonly filter: string;
  readonly said: { readonly number: number; readonly text: string };
}

export type Part = 'regions' | 'coverage' | 'gaps' | 'equipment' | 'waters' | 'nearest' | 'crossing';

/** What stands under a finger on the map. */
export type Thing = { readonly what: 'piece' | 'crossing'; readonly id: string };

export type Event =
  | { readonly is: 'asked'; readonly part: Part }
  | { readonly is: 'failed'; readonly part: Part; readonly fault: Fault; readonly at_ms: number }
  | { readonly is: 'regionsCame'; readonly regions: readonly Region[]; readonly at_ms: number }
  | { readonly is: 'coverageCame'; readonly coverage: Coverage; readonly at_ms: number }
  | { readonly is: 'gapsCame'; readonly gaps: GapPage; readonly at_ms: number }
  | { readonly is: 'equipmentCame'; readonly equipment: readonly Equipment[]; readonly at_ms: number }
  | { readonly is: 'watersCame'; readonly waters: readonly CoverageRow[]; readonly at_ms: number }
  | { readonly is: 'nearestCame'; readonly nearest: Nearest; readonly at_ms: number }
  | { readonly is: 'crossingCame'; readonly crossing: Crossing; readonly at_ms: number }
  | { readonly is: 'evaluated'; readonly evaluated: Evaluated }
  | { readonly is: 'evaluationFailed'; readonly fault: Fault; readonly at_ms: number }
  | { readonly is: 'evaluationSlow' }
  | { readonly is: 'accountsThere' }
  /** Somebody has reported something, decided on a report, or changed a rescue point. */
  | { readonly is: 'reported' }
  | { readonly is: 'serviceBack' }
  | { readonly is: 'regionChanged'; readonly version: number }
  | { readonly is: 'regionPicked'; readonly region: string }
  | { readonly is: 'languagePicked'; readonly language: Language }
  | { readonly is: 'limitSet'; readonly limit_m: number }
  | { readonly is: 'kindSwitched'; readonly kind: Kind }
  | { readonly is: 'conditionSwitched' }
  | { readonly is: 'villagePicked'; readonly village: string | null }
  | { readonly is: 'villageHovered'; readonly village: string | null }
  | { readonly is: 'sorted'; readonly column: Column }
  | { readonly is: 'filtered'; readonly text: string }
  | { readonly is: 'moreGapsWanted' }
  | { readonly is: 'selected'; readonly selection: Selection | null; readonly flies?: boolean }
  | { readonly is: 'waterPicked'; readonly bounds: Bounds }
  | { readonly is: 'mapTapped'; readonly at: LonLat; readonly thing: Thing | null }
  | { readonly is: 'cameraMoved'; readonly camera: Camera }
  | { readonly is: 'baseMapFailed' }
  | { readonly is: 'mapThere'; readonly map: State['map'] }
  | { readonly is: 'modeSet'; readonly mode: Mode }
  | { readonly is: 'putHere'; readonly at: LonLat }
  | { readonly is: 'marked'; readonly at: LonLat | null }
  | { readonly is: 'sketched'; readonly sketch: Sketch | null }
  | { readonly is: 'proposed'; readonly proposed: readonly (Proposed | Drawn)[] }
  /** A corner of what is drawn, counted from 0, is elsewhere; or nowhere. */
  | { readonly is: 'cornerMoved'; readonly corner: number; readonly at: LonLat | null }
  | { readonly is: 'markNudged'; readonly east_m: number; readonly north_m: number }
  | { readonly is: 'dragged'; readonly letter: string; readonly at: LonLat }
  | { readonly is: 'dropped'; readonly letter: string }
  | { readonly is: 'movedTo'; readonly letter: string; readonly at: LonLat }
  | { readonly is: 'nudged'; readonly letter: string; readonly east_m: number; readonly north_m: number }
  | { readonly is: 'removed'; readonly letter: string }
  /** Many what-ifs have come or gone at once. */
  | { readonly is: 'retried'; readonly scenario: Scenario }
  | { readonly is: 'cleared' }
  | { readonly is: 'kindGiven'; readonly letter: string; readonly kind: Kind }
  | { readonly is: 'undone' }
  | { readonly is: 'redone' }
  | { readonly is: 'beforeShown'; readonly before: boolean }
  | { readonly is: 'layerSwitched'; readonly layer: Layer }
  | { readonly is: 'opacitySet'; readonly opacity_pct: number }
  | { readonly is: 'tabPicked'; readonly tab: Tab }
  | { readonly is: 'sheetSet'; readonly sheet: Sheet }
  | { readonly is: 'dialogOpened'; readonly dialog: Dialog }
  | { readonly is: 'legendSwitched' }
  | { readonly is: 'layersSwitched' }
  | { readonly is: 'hintsSet'; readonly shown: boolean }
  | { readonly is: 'shortcutsSet'; readonly on: boolean }
  | { readonly is: 'addressChanged'; readonly view: View }
  | { readonly is: 'said'; readonly text: string }
  | { readonly is: 'escaped' };

/** Where the limit and the kinds stand until a region says its own. */
export const USUAL = {
  limit_m: 50,
  kinds: ['pole', 'ring', 'rope'] as readonly Kind[],
  layers: ['banks', 'villages', 'equipment', 'names', 'ground'] as readonly Layer[],
  opacity_pct: OPACITY.most as number,
};
export const GAPS_PER_PAGE = 50;

export interface Memory {
  readonly language: Language;
  readonly has_hints: boolean;
  readonly has_shortcuts: boolean;
}

/** How the page opens: what the address says, and what this browser remembers. */
export function opened(view: View, memory: Memory): State {
  return {
    language: memory.language,
    regions: NOT_ASKED,
    region: view.region,
    camera: view.camera,
    aim: null,
    limit_m: view.limit_m ?? USUAL.limit_m,
    kinds: view.kinds ?? USUAL.kinds,
    any_condition: view.any_condition,
    village: view.village,
    selection: view.selection,
    layers: view.layers ?? USUAL.layers,
    opacity_pct: view.opacity_pct ?? USUAL.opacity_pct,
    scenario: { ...NOTHING_TRIED, whatIfs: view.whatIfs },
    marked: null,
    sketch: null,
    proposed: [],
    mode: { what: 'look' },
    shows_before: view.shows_before,
    coverage: NOT_ASKED,
    gaps: NOT_ASKED,
    gaps_wanted: GAPS_PER_PAGE,
    equipment: NOT_ASKED,
    waters: NOT_ASKED,
    nearest: NOT_ASKED,
    crossing: NOT_ASKED,
    evaluated: null,
    evaluating: { is_slow: false, fault: null },
    has_accounts: false,
    n_reported: 0,
    lost_since_ms: null,
    returns: 0,
    map: 'waiting',
    tab: view.whatIfs.length > 0 && view.village === null ? 'whatIfs' : view.village ? 'gaps' : 'villages',
    sheet: 'half',
    dialog: null,
    is_legend_open: true,
    is_layers_open: false,
    has_base_failed: false,
    has_hints: memory.has_hints,
    has_shortcuts: memory.has_shortcuts,
    hovered: null,
    sort: { column: 'far', is_rising: false },
    filter: '',
    said: { number: 0, text: '' },
  };
}

/** What the address shall say of this state; settings that are the region's own are left out. */
export function viewOf(state: State): View {
  const settings = regionOf(state)?.settings;
  const isUsual = (ours: readonly string[], usual: readonly string[]) => ours.join() === usual.join();
  return {
    camera: state.camera,
    region: state.region,
    village: state.village,
    selection: state.selection,
    limit_m: state.limit_m === (settings?.target_m ?? USUAL.limit_m) ? null : state.limit_m,
    kinds: isUsual(state.kinds, settings?.kinds ?? USUAL.kinds) ? null : state.kinds,
    any_condition: state.any_condition,
    layers: isUsual(state.layers, USUAL.layers) ? null : state.layers,
    opacity_pct: state.opacity_pct === USUAL.opacity_pct ? null : state.opacity_pct,
    whatIfs: state.scenario.whatIfs,
    shows_before: state.shows_before && state.scenario.whatIfs.length > 0,
  };
}

export function regionOf(state: State): Region | null {
  return state.regions.value?.find((region) => region.id === state.region) ?? null;
}

/** What coverage and scenarios answer for: an answer to another question is of no use. */
export function questionOf(state: State): string {
  return [state.region, state.limit_m, state.kinds.join(), state.any_condition].join('|');
}
