// What the page does of its own accord when the state changes: asks the service, keeps the address. The only file
// that awaits. Every answer comes back as an event; an answer that is not wanted any more is dropped by its number.
import { computed, effect } from '@preact/signals';
import { type Api, type Question, Refused } from '../shared/api.ts';
import type { LonLat } from '../shared/contract.ts';
import { middleOf } from '../shared/places.ts';
import { hashFromView, viewFromHash } from '../shared/url.ts';
import { changes } from './scenario.ts';
import { type Event, type Fault, type Part, questionOf, regionOf, type State, viewOf } from './state.ts';
import type { Store } from './store.ts';

const CALM_MS = 180;
const SLOW_MS = 300;
const POLL_MS = 2000;

export interface Effects {
  /** Asks again for all that is shown. */
  retry(): void;
  stop(): void;
}

export function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  return { what: 'refused', why: cause.message, kind: cause.problem.type.replace(/^.*\//, '') };
}

export function begin(store: Store, api: Api): Effects {
  const stops = [
    asking(store, api),
    evaluating(store, api),
    listening(store, api),
    watching(store, api),
    addressing(store),
  ];
  return {
    retry: () => store.dispatch({ is: 'serviceBack' }),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function question(state: State): (Question & { version: number }) | null {
  const region = regionOf(state);
  if (region?.state !== 'ready' || state.kinds.length === 0) return null;
  return {
    region: region.id,
    limit_m: state.limit_m,
    kinds: state.kinds,
    any_condition: state.any_condition,
    version: region.version,
  };
}

/** Runs when what it depends on changes, after a moment of calm; the last run wins. */
function whenever(store: Store, key: (state: State) => string | null, run: () => void, calm_ms: number) {
  const watched = computed(() => key(store.state.value));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const isWanted = watched.value !== null;
    clearTimeout(timer);
    if (isWanted) timer = setTimeout(run, calm_ms);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function asking(store: Store, api: Api): () => void {
  const numbers = new Map<Part, number>();
  const { dispatch } = store;

  async function ask<T>(part: Part, answer: Promise<T>, came: (value: T, at_ms: number) => Event) {
    const number = (numbers.get(part) ?? 0) + 1;
    numbers.set(part, number);
    dispatch({ is: 'asked', part });
    const isWanted = () => numbers.get(part) === number;
    try {
      const value = await answer;
      if (isWanted()) dispatch(came(value, Date.now()));
    } catch (cause) {
      if (isWanted()) dispatch({ is: 'failed', part, fault: faultOf(cause), at_ms: Date.now() });
    }
  }

  const state = () => store.state.peek();
  const base = (s: State) => {
    const q = question(s);
    return q && `${questionOf(s)}|${q.version}|${s.returns}`;
  };
  const place = (s: State) => {
    const region = regionOf(s);
    return region?.state === 'ready' ? `${region.id}|${region.version}|${s.returns}` : null;
  };

  const stops = [
    whenever(
      store,
      (s) => `${s.returns}`,
      () => void ask('regions', api.regions(), (regions, at_ms) => ({ is: 'regionsCame', regions, at_ms })),
      0,
    ),
    whenever(
      store,
      base,
      () => {
        const q = question(state());
        if (q === null) return;
        void ask('coverage', api.coverage(q), (coverage, at_ms) => ({ is: 'coverageCame', coverage, at_ms }));
      },
      CALM_MS,
    ),
    whenever(
      store,
      (s) => base(s) && `${base(s)}|${s.village}|${s.gaps_wanted}`,
      () => {
        const q = question(state());
        if (q === null) return;
        const { village, gaps_wanted } = state();
        const gaps = api.gaps({ ...q, village, limit: gaps_wanted });
        void ask('gaps', gaps, (page, at_ms) => ({ is: 'gapsCame', gaps: page, at_ms }));
      },
      CALM_MS,
    ),
    whenever(
      store,
      place,
      () => {
        const id = state().region ?? '';
        void ask('equipment', api.equipment(id), (page, at_ms) => ({
          is: 'equipmentCame',
          equipment: page.features,
          at_ms,
        }));
        void ask('waters', api.waters(id), (waters, at_ms) => ({ is: 'watersCame', waters, at_ms }));
      },
      0,
    ),
    whenever(
      store,
      (s) => base(s) && asksFrom(s) && `${base(s)}|${asksFrom(s)}`,
      () => {
        const at = asksFrom(state());
        if (at === null) return;
        void ask('nearest', api.nearest(at, state().kinds), (nearest, at_ms) => ({
          is: 'nearestCame',
          nearest,
          at_ms,
        }));
      },
      0,
    ),
    whenever(
      store,
      (s) => (place(s) && s.selection?.what === 'crossing' ? `${place(s)}|${s.selection.id}` : null),
      () => {
        const { region, selection } = state();
        if (region === null || selection?.what !== 'crossing') return;
        void ask('crossing', api.crossing(region, selection.id), (crossing, at_ms) => ({
          is: 'crossingCame',
          crossing,
          at_ms,
        }));
      },
      0,
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The place whose nearest equipment is shown: the place tapped, or the middle of the gap. */
function asksFrom(state: State): LonLat | null {
  const { selection } = state;
  if (selection?.what === 'place') return selection.at;
  if (selection?.what !== 'gap') return null;
  const gap = state.gaps.value?.features.find(({ properties }) => properties.id === selection.id);
  return gap ? middleOf(gap.geometry.coordinates) : null;
}

/** One request at a time; while it is under way, only the latest state waits. */
function evaluating(store: Store, api: Api): () => void {
  let number = 0;
  let isUnderWay = false;
  let isStopped = false;
  let done = '';
  const wanted = computed(() => {
    const s = store.state.value;
    const q = question(s);
    if (q === null || s.scenario.whatIfs.length === 0) return '';
    return `${questionOf(s)}|${q.version}|${s.returns}|${JSON.stringify(changes(s.scenario.whatIfs))}`;
  });

  async function run() {
    if (isUnderWay) return;
    isUnderWay = true;
    while (!isStopped && wanted.peek() !== '' && wanted.peek() !== done) {
      const s = store.state.peek();
      const q = question(s);
      if (q === null) break;
      done = wanted.peek();
      number += 1;
      const since_ms = changed_ms;
      const slow = setTimeout(() => store.dispatch({ is: 'evaluationSlow' }), SLOW_MS);
      try {
        const answer = await api.evaluate(q, changes(s.scenario.whatIfs));
        const evaluated = { number, question: questionOf(s), since_ms, answer };
        store.dispatch({ is: 'evaluated', evaluated });
      } catch (cause) {
        store.dispatch({ is: 'evaluationFailed', fault: faultOf(cause), at_ms: Date.now() });
      } finally {
        clearTimeout(slow);
      }
    }
    isUnderWay = false;
  }

  let changed_ms = performance.now();
  const stop = effect(() => {
    if (wanted.value === '') done = '';
    changed_ms = performance.now();
    void run();
  });
  return () => {
    isStopped = true;
    stop();
  };
}

/** The service says when a region's answers have changed. */
function listening(store: Store, api: Api): () => void {
  const listened = computed(() => {
    const region = regionOf(store.state.value);
    return region?.state === 'ready' ? region.id : null;
  });
  return effect(() => {
    const region = listened.value;
    if (region === null) return;
    const changed = (version: number) => {
      const known = regionOf(store.state.peek());
      if (known?.id === region && version !== known.version) store.dispatch({ is: 'regionChanged', version });
    };
    // The region's settings came with its first answers: all is asked again.
    const turned = () => store.dispatch({ is: 'serviceBack' });
    return api.listen(region, changed, () => store.dispatch({ is: 'reported' }), turned);
  });
}

/** While the service is away, or a region is being loaded, looks again. */
function watching(store: Store, api: Api): () => void {
  const waits = computed(() => {
    const s = store.state.value;
    if (s.lost_since_ms !== null) return 'lost';
    return s.regions.value?.some((region) => region.state === 'loading') ? 'loading' : null;
  });
  return effect(() => {
    const why = waits.value;
    if (why === null) return;
    const timer = setInterval(async () => {
      if (why === 'loading' || (await api.isUp())) store.dispatch({ is: 'serviceBack' });
    }, POLL_MS);
    return () => clearInterval(timer);
  });
}

/** The address follows the view; only what the back button shall undo makes a new entry. */
function addressing(store: Store): () => void {
  const view = computed(() => viewOf(store.state.value));
  const step = (s: State) => JSON.stringify([s.region, s.village, s.selection, s.scenario.whatIfs.length]);
  let last = step(store.state.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const wanted = view.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const hash = hashFromView(wanted, location.hash);
      if (hash === location.hash) return;
      const now = step(store.state.peek());
      // The first region and the first camera are the page's own choice: nothing to go back from.
      const isStep = now !== last && history.state === OURS;
      if (isStep) history.pushState(OURS, '', hash);
      else history.replaceState(OURS, '', hash);
      last = now;
    }, 120);
  });
  const popped = (event: PopStateEvent) => {
    const said = viewFromHash(location.hash);
    // Back undoes what was chosen, not where the map was moved; an address typed by hand moves the map, too.
    const isOurs = event.state === OURS;
    store.dispatch({ is: 'addressChanged', view: isOurs ? { ...said, camera: null } : said });
    last = step(store.state.peek());
    if (!isOurs) history.replaceState(OURS, '', location.hash);
  };
  addEventListener('popstate', popped);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('popstate', popped);
  };
}

const OURS = 'zhugan';
