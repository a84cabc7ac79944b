// What every event makes of the state: pure, and the only place where it changes.
import { KINDS, type Region } from '../shared/contract.ts';
import { LAYERS } from '../shared/layers.ts';
import { boundsOf, isInside, rounded, shifted } from '../shared/places.ts';
import { LIMIT, type Selection, type View } from '../shared/url.ts';
import type { Language } from '../shared/words.ts';
import * as scenario from './scenario.ts';
import {
  type Aim,
  type Asked,
  type Event,
  type Fault,
  GAPS_PER_PAGE,
  NOT_ASKED,
  type Part,
  questionOf,
  regionOf,
  type State,
  type Thing,
  USUAL,
} from './state.ts';

/** A meter is seen from here on. */
const MARK_ZOOM = 16;

const LOOK = { what: 'look' } as const;
const CALM = { is_slow: false, fault: null } as const;

export function next(state: State, event: Event): State {
  switch (event.is) {
    case 'asked':
      return { ...state, [event.part]: { ...state[event.part], is_waiting: true } };
    case 'failed':
      return failed(state, event.part, event.fault, event.at_ms);
    case 'regionsCame':
      return regionsCame(state, event.regions, event.at_ms);
    case 'coverageCame':
      return { ...answered(state), coverage: came(event.coverage, event.at_ms) };
    case 'gapsCame':
      return gapsCame({ ...answered(state), gaps: came(event.gaps, event.at_ms) });
    case 'equipmentCame':
      return { ...answered(state), equipment: came(event.equipment, event.at_ms) };
    case 'watersCame':
      return { ...answered(state), waters: came(event.waters, event.at_ms) };
    case 'nearestCame':
      return { ...answered(state), nearest: came(event.nearest, event.at_ms) };
    case 'crossingCame':
      return { ...answered(state), crossing: came(event.crossing, event.at_ms) };
    case 'evaluated': {
      const { number, question } = event.evaluated;
      const isLate = number <= (state.evaluated?.number ?? 0) || question !== questionOf(state);
      if (isLate || state.scenario.whatIfs.length === 0) return state;
      return { ...answered(state), evaluated: event.evaluated, evaluating: CALM };
    }
    case 'evaluationSlow':
      return { ...state, evaluating: { is_slow: true, fault: null } };
    case 'evaluationFailed':
      return {
        ...(event.fault.what === 'unreachable' ? lost(state, event.at_ms) : state),
        evaluating: { is_slow: false, fault: event.fault },
      };
    case 'accountsThere':
      return { ...state, has_accounts: true };
    case 'reported':
      return { ...state, n_reported: state.n_reported + 1 };
    case 'serviceBack':
      return { ...state, lost_since_ms: null, returns: state.returns + 1 };
    case 'regionChanged':
      return withRegions(state, (r) => (r.id === state.region ? { ...r, version: event.version } : r));
    case 'regionPicked':
      return event.region === state.region ? state : entered(state, event.region);
    case 'languagePicked':
      return { ...state, language: event.language };
    case 'limitSet':
      return { ...state, limit_m: clamped(event.limit_m), gaps_wanted: GAPS_PER_PAGE };
    case 'kindSwitched': {
      const has = state.kinds.includes(event.kind);
      const kinds = KINDS.filter((kind) => (kind === event.kind ? !has : state.kinds.includes(kind)));
      return { ...state, kinds, gaps_wanted: GAPS_PER_PAGE };
    }
    case 'conditionSwitched':
      return { ...state, any_condition: !state.any_condition, gaps_wanted: GAPS_PER_PAGE };
    case 'villagePicked':
      return villagePicked(state, event.village);
    case 'villageHovered':
      return state.hovered === event.village ? state : { ...state, hovered: event.village };
    case 'sorted': {
      const isSame = state.sort.column === event.column;
      const is_rising = isSame ? !state.sort.is_rising : event.column === 'name';
      return { ...state, sort: { column: event.column, is_rising } };
    }
    case 'filtered':
      return { ...state, filter: event.text };
    case 'moreGapsWanted':
      return { ...state, gaps_wanted: state.gaps_wanted + GAPS_PER_PAGE };
    case 'selected':
      return selected(state, event.selection, event.flies ?? false);
    case 'waterPicked':
      return { ...state, aim: aimed(state, { bounds: event.bounds }) };
    case 'mapTapped':
      return mapTapped(state, event.at, event.thing);
    case 'cameraMoved':
      return { ...state, camera: event.camera };
    case 'mapThere':
      return { ...state, map: event.map };
    case 'modeSet':
      return { ...state, mode: event.mode };
    case 'putHere':
      return putHere(state, event.at);
    case 'marked':
      return marked(state, event.at);
    case 'sketched':
      return { ...state, sketch: event.sketch, mode: event.sketch === null ? LOOK : { what: 'sketch' } };
    case 'proposed':
      return { ...state, proposed: event.proposed };
    case 'cornerMoved':
      return cornered(state, event.corner, event.at);
    case 'markNudged':
      return state.marked === null
        ? state
        : marked(state, shifted(state.marked, event.east_m, event.north_m));
    case 'dragged':
      return tried(state, scenario.dragged(state.scenario, event.letter, event.at), event.letter);
    case 'dropped':
      return tried(state, scenario.dropped(state.scenario, event.letter), event.letter);
    case 'movedTo':
      return {
        ...tried(state, scenario.moved(state.scenario, event.letter, event.at), event.letter),
        mode: LOOK,
      };
    case 'nudged': {
      const at = scenario.found(state.scenario.whatIfs, event.letter)?.at;
      if (at === undefined) return state;
      const to = shifted(at, event.east_m, event.north_m);
      return tried(state, scenario.moved(state.scenario, event.letter, to, 'nudge'), event.letter);
    }
    case 'removed':
      return tried(state, scenario.removed(state.scenario, event.letter), null);
    case 'retried':
      return tried(state, event.scenario, null);
    case 'cleared':
      return tried(state, scenario.cleared(state.scenario), null);
    case 'kindGiven':
      return tried(state, scenario.ofKind(state.scenario, event.letter, event.kind), event.letter);
    case 'undone':
      return tried(state, scenario.undone(state.scenario), null);
    case 'redone':
      return tried(state, scenario.redone(state.scenario), null);
    case 'beforeShown':
      return { ...state, shows_before: event.before };
    case 'layerSwitched': {
      const has = state.layers.includes(event.layer);
      const layers = LAYERS.filter((l) => (l === event.layer ? !has : state.layers.includes(l)));
      return { ...state, layers, has_base_failed: event.layer !== 'base' && state.has_base_failed };
    }
    case 'opacitySet':
      return { ...state, opacity_pct: event.opacity_pct };
    case 'tabPicked':
      return { ...state, tab: event.tab, selection: null, nearest: NOT_ASKED };
    case 'sheetSet':
      return { ...state, sheet: event.sheet };
    case 'dialogOpened':
      return { ...state, dialog: event.dialog };
    case 'legendSwitched':
      return { ...state, is_legend_open: !state.is_legend_open };
    case 'baseMapFailed':
      return {
        ...state,
        layers: state.layers.filter((layer) => layer !== 'base'),
        has_base_failed: state.has_base_failed || state.layers.includes('base'),
      };
    case 'layersSwitched':
      return { ...state, is_layers_open: !state.is_layers_open };
    case 'hintsSet':
      return { ...state, has_hints: event.shown };
    case 'shortcutsSet':
      return { ...state, has_shortcuts: event.on };
    case 'addressChanged':
      return addressChanged(state, event.view);
    case 'said':
      return { ...state, said: { number: state.said.number + 1, text: event.text } };
    case 'escaped':
      return escaped(state);
  }
}

function came<T>(value: T, at_ms: number): Asked<T> {
  return { value, is_waiting: false, fault: null, at_ms };
}

const answered = (state: State): State => ({ ...state, lost_since_ms: null });

const lost = (state: State, at_ms: number): State => ({
  ...state,
  lost_since_ms: state.lost_since_ms ?? at_ms,
});

function failed(state: State, part: Part, fault: Fault, at_ms: number): State {
  const known = fault.what === 'unreachable' ? lost(state, at_ms) : state;
  return { ...known, [part]: { ...state[part], is_waiting: false, fault } };
}

function withRegions(state: State, change: (region: Region) => Region): State {
  return {
    ...state,
    regions: { ...state.regions, value: state.regions.value?.map(change) ?? null },
  };
}

function aimed(state: State, wish: Omit<Aim, 'number'>): Aim {
  return { ...wish, number: (state.aim?.number ?? 0) + 1 };
}

const clamped = (limit_m: number) => Math.min(LIMIT.most, Math.max(LIMIT.least, Math.round(limit_m)));

/** A Chinese reader's place is one that keeps Asian time; anybody else's is one that does not. */
export function fitting(regions: readonly Region[], language: Language): Region | null {
  const ready = regions.filter((region) => region.state === 'ready');
  const fits = (region: Region) =>
    (region.settings?.time_zone.startsWith('Asia/') ?? false) === (language === 'zh');
  return ready.find(fits) ?? ready[0] ?? regions[0] ?? null;
}

function regionsCame(state: State, regions: readonly Region[], at_ms: number): State {
  const known: State = { ...answered(state), regions: came(regions, at_ms) };
  const isThere = regions.some((region) => region.id === state.region);
  const before = regionOf(state);
  if (isThere && before?.state === 'ready') {
    // Whoever looks at the region's own limit goes on looking at that.
    const target_m = regionOf(known)?.settings?.target_m;
    return target_m !== undefined && state.limit_m === before.settings?.target_m
      ? { ...known, limit_m: target_m }
      : known;
  }
  const at = state.camera;
  const under = at && regions.find((r) => r.bounds !== null && isInside([at.lon, at.lat], r.bounds));
  const region = isThere ? state.region : (under ?? fitting(regions, state.language))?.id;
  return region === null || region === undefined ? known : settled(known, region);
}

/** A region that is new to the page: what the address said holds, the region's settings fill the rest. */
function settled(state: State, id: string): State {
  const there: State = { ...state, region: id };
  const region = regionOf(there);
  if (region === null || region.settings === null) return there;
  const { target_m, kinds } = region.settings;
  return {
    ...there,
    limit_m: state.limit_m === USUAL.limit_m ? target_m : state.limit_m,
    kinds: state.kinds === USUAL.kinds ? KINDS.filter((kind) => kinds.includes(kind)) : state.kinds,
    aim: state.camera === null && region.bounds ? aimed(state, { bounds: region.bounds }) : state.aim,
  };
}

/** Another region: nothing of the last one stays. */
function entered(state: State, id: string): State {
  return settled(
    {
      ...state,
      camera: null,
      kinds: USUAL.kinds,
      limit_m: USUAL.limit_m,
      village: null,
      selection: null,
      scenario: scenario.NOTHING_TRIED,
      mode: LOOK,
      coverage: NOT_ASKED,
      gaps: NOT_ASKED,
      equipment: NOT_ASKED,
      waters: NOT_ASKED,
      nearest: NOT_ASKED,
      crossing: NOT_ASKED,
      marked: null,
      sketch: null,
      evaluated: null,
      evaluating: CALM,
      filter: '',
      tab: 'villages',
    },
    id,
  );
}

function villagePicked(state: State, village: string | null): State {
  const bounds = state.coverage.value?.rows.find((row) => row.id === village)?.bounds;
  return {
    ...state,
    village,
    selection: null,
    nearest: NOT_ASKED,
    gaps: NOT_ASKED,
    gaps_wanted: GAPS_PER_PAGE,
    tab: village === null ? 'villages' : 'gaps',
    aim: bounds ? aimed(state, { bounds }) : state.aim,
    sheet: state.sheet === 'peek' ? 'half' : state.sheet,
  };
}

/** A gap that a link names may be flown to only when its line is there. */
function gapsCame(state: State): State {
  if (state.camera !== null || state.selection?.what !== 'gap') return state;
  return selected(state, state.selection, true);
}

function aimOf(state: State, selection: Selection): Aim | null {
  switch (selection.what) {
    case 'gap': {
      const gap = state.gaps.value?.features.find(({ properties }) => properties.id === selection.id);
      const bounds = gap && boundsOf([gap.geometry.coordinates]);
      return bounds ? aimed(state, { bounds }) : state.aim;
    }
    case 'piece': {
      const piece = state.equipment.value?.find(({ properties }) => properties.id === selection.id);
      const [lon, lat] = piece?.geometry.coordinates ?? [];
      return lon === undefined || lat === undefined ? state.aim : aimed(state, { at: [lon, lat], zoom: 16 });
    }
    case 'place':
      return aimed(state, { at: selection.at, zoom: 16 });
    // Where it is comes with its card.
    case 'crossing':
      return state.aim;
    case 'whatIf': {
      const at = scenario.found(state.scenario.whatIfs, selection.letter)?.at;
      return at === undefined ? state.aim : aimed(state, { at, zoom: 15.5 });
    }
  }
}

function selected(state: State, selection: Selection | null, flies: boolean): State {
  return {
    ...state,
    selection,
    nearest: NOT_ASKED,
    crossing: NOT_ASKED,
    aim: selection !== null && flies ? aimOf(state, selection) : state.aim,
    tab: selection?.what === 'whatIf' ? toWhatIfs(state) : state.tab,
    sheet: selection !== null && state.sheet === 'peek' ? 'half' : state.sheet,
  };
}

function mapTapped(state: State, at: [number, number], thing: Thing | null): State {
  switch (state.mode.what) {
    case 'put':
      return putHere(state, at);
    case 'move':
      return next(state, { is: 'movedTo', letter: state.mode.letter, at });
    case 'mark':
      return marked(state, at);
    case 'sketch':
      return cornered(state, Number.POSITIVE_INFINITY, at);
    case 'look':
      // A piece that is being edited is saved or let go first: no tap takes away what was typed.
      return state.marked === null && state.sketch === null
        ? selected(state, thing ?? { what: 'place', at }, false)
        : state;
  }
}

function putHere(state: State, at: [number, number]): State {
  const letter = scenario.freeLetter(state.scenario.whatIfs);
  if (letter === null) return { ...state, mode: LOOK };
  const kind = state.kinds[0] ?? 'pole';
  return { ...tried(state, scenario.put(state.scenario, kind, at), letter), mode: LOOK };
}

function marked(state: State, at: [number, number] | null): State {
  const sheet = at !== null && state.sheet === 'peek' ? 'half' : state.sheet;
  // From far away nobody sees where it stands.
  const isFar = at !== null && state.marked === null && (state.camera?.zoom ?? 0) < MARK_ZOOM;
  const aim = isFar ? aimed(state, { at, zoom: MARK_ZOOM }) : state.aim;
  return { ...state, marked: at === null ? null : rounded(at), mode: LOOK, sheet, aim };
}

/** Moves a corner of what is drawn, takes it away, or puts one at the end. */
function cornered(state: State, corner: number, at: [number, number] | null): State {
  if (state.sketch === null) return state;
  const { line } = state.sketch;
  const ats = at === null ? [] : [rounded(at)];
  return {
    ...state,
    sketch: { ...state.sketch, line: [...line.slice(0, corner), ...ats, ...line.slice(corner + 1)] },
  };
}

/** Who compares what-ifs with a proposal stays beside it. */
const toWhatIfs = ({ tab, proposed }: State) => (tab === 'desk' && proposed.length > 0 ? tab : 'whatIfs');

/** After a change to the what-ifs; `letter` is the one to look at. */
function tried(state: State, s: scenario.Scenario, letter: string | null): State {
  if (s === state.scenario) return state;
  const selection: Selection | null =
    letter !== null
      ? { what: 'whatIf', letter }
      : state.selection?.what === 'whatIf' && !scenario.found(s.whatIfs, state.selection.letter)
        ? null
        : state.selection;
  return {
    ...state,
    scenario: s,
    selection,
    nearest: selection === state.selection ? state.nearest : NOT_ASKED,
    tab: letter === null ? state.tab : toWhatIfs(state),
    shows_before: false,
    evaluated: s.whatIfs.length === 0 ? null : state.evaluated,
    evaluating: s.whatIfs.length === 0 ? CALM : state.evaluating,
  };
}

function addressChanged(state: State, view: View): State {
  const other = view.region !== null && view.region !== state.region;
  const base = other && view.region !== null ? entered(state, view.region) : state;
  const settings = regionOf(base)?.settings;
  const hasSameTries = JSON.stringify(view.whatIfs) === JSON.stringify(base.scenario.whatIfs);
  const { camera } = view;
  const isElsewhere = camera !== null && JSON.stringify(camera) !== JSON.stringify(base.camera);
  return {
    ...base,
    limit_m: view.limit_m ?? settings?.target_m ?? USUAL.limit_m,
    kinds: view.kinds ?? settings?.kinds ?? USUAL.kinds,
    any_condition: view.any_condition,
    layers: view.layers ?? USUAL.layers,
    opacity_pct: view.opacity_pct ?? USUAL.opacity_pct,
    village: view.village,
    gaps: view.village === base.village ? base.gaps : NOT_ASKED,
    selection: view.selection,
    nearest: NOT_ASKED,
    crossing: NOT_ASKED,
    scenario: hasSameTries ? base.scenario : { ...scenario.NOTHING_TRIED, whatIfs: view.whatIfs },
    evaluated: view.whatIfs.length === 0 ? null : base.evaluated,
    shows_before: view.shows_before,
    aim: isElsewhere ? aimed(base, { at: [camera.lon, camera.lat], zoom: camera.zoom }) : base.aim,
  };
}

/** One step back: the mode, then the layers panel, then the selection, then the village. */
function escaped(state: State): State {
  if (state.mode.what !== 'look') return { ...state, mode: LOOK };
  if (state.is_layers_open) return { ...state, is_layers_open: false };
  // A piece that is being edited is left by its own buttons alone.
  if (state.marked !== null) return state;
  if (state.selection !== null) return selected(state, null, false);
  if (state.village !== null) return villagePicked(state, null);
  return state;
}
