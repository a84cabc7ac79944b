// Opens the planner's page: the address and this browser's memory make the first state; then panels, effects, map.
import { computed, effect, signal } from '@preact/signals';
import { type ComponentType, createRef, render } from 'preact';
import type { MapView } from '../map/view.ts';
import { isSignedIn, service } from '../shared/api.ts';
import { hashFromView, onceIn, viewFromHash } from '../shared/url.ts';
import { LOCALE, languageOf, loadWords, wordsIn } from '../shared/words.ts';
import type { Occasion, OpenedDesk } from './desk/main.tsx';
import { begin } from './effects.ts';
import { shortcut } from './keys.ts';
import { recall, remember } from './memory.ts';
import { App, type Dialogs } from './panels/App.tsx';
import { type Deeds, type ExportKind, PlannerContext } from './panels/planner.ts';
import { opened, viewOf } from './state.ts';
import { type Store, storeOf } from './store.ts';

const isPhone = matchMedia('(max-width: 760px)');

/** How much of the map the phone's sheet covers. */
function covered_px(store: Store): number {
  return isPhone.matches && store.state.peek().sheet !== 'peek' ? Math.round(innerHeight * 0.4) : 0;
}

/** What a link says once, taken out of the address at once: an invitation's token is for one pair of eyes. */
function taken(key: 'invitation' | 'signin'): string | null {
  const found = onceIn(location.hash, key);
  if (found === null) return null;
  history.replaceState(history.state, '', `${location.pathname}${location.search}${found.rest}`);
  return found.word;
}

/** Why the link that has led here opens the register's part of the page, if it does. */
function occasionOfLink(): Occasion | null {
  const token = taken('invitation');
  if (token !== null) return { what: 'invitation', token };
  const problem = taken('signin');
  return problem === null ? null : { what: 'refused', problem };
}

function start(store: Store, link: Occasion | null): void {
  const words = () => wordsIn(store.state.peek().language);
  const say = (key: 'copied' | 'copyFailed' | 'exportFailed' | 'partFailed') =>
    store.dispatch({ is: 'said', text: words()(key) });
  const mapBox = createRef<HTMLDivElement>();
  let map: MapView | null = null;
  let picture: string | null = null;
  let dialogs: Dialogs | null = null;
  const effects = begin(store, service);
  const desk = signal<OpenedDesk | null>(null);
  const bar = signal<ComponentType | null>(null);

  /** The register's part of the page is fetched when it is first needed. */
  async function toDesk(occasion: Occasion): Promise<void> {
    const [{ openDesk }] = await Promise.all([
      import('./desk/main.tsx'),
      loadWords(store.state.peek().language, 'desk', 'later'),
    ]);
    desk.value ??= openDesk(store);
    desk.value.come(occasion);
  }
  const goToDesk = (occasion: Occasion) => void toDesk(occasion).catch(() => say('partFailed'));

  const deeds: Deeds = {
    retry: effects.retry,
    speak(language) {
      loadWords(language).then(
        () => {
          // The choice of the hand counts more than what a link once said.
          const address = new URL(location.href);
          address.searchParams.delete('lang');
          history.replaceState(history.state, '', address);
          store.dispatch({ is: 'languagePicked', language });
        },
        () => store.dispatch({ is: 'evaluationFailed', fault: { what: 'unreachable' }, at_ms: Date.now() }),
      );
    },
    copy(text) {
      // The link says all that is on the page now, also what the address bar will show only in a moment.
      const hash = hashFromView(viewOf(store.state.peek()), location.hash);
      const given = text === location.href ? `${location.origin}${location.pathname}${hash}` : text;
      if (navigator.clipboard === undefined) say('copyFailed');
      else
        navigator.clipboard.writeText(given).then(
          () => say('copied'),
          () => say('copyFailed'),
        );
    },
    exportFile: (what) => void exportFile(what).catch(() => say('exportFailed')),
    openPrint: () => store.dispatch({ is: 'dialogOpened', dialog: 'print' }),
    printNow: () => print(),
    focusMap: () => map?.focus(),
    signIn: () => goToDesk({ what: 'signIn' }),
    reporting: () =>
      import('./report/effects.ts').then((come) => come.reportingOf(store.state.peek().region ?? '')),
    undo() {
      if (desk.value?.undoing.value) desk.value.undo();
      else store.dispatch({ is: 'undone' });
    },
    redo() {
      if (desk.value?.redoing.value) desk.value.redo();
      else store.dispatch({ is: 'redone' });
    },
  };

  async function exportFile(what: ExportKind): Promise<void> {
    const [{ files }] = await Promise.all([
      import('./later.ts'),
      loadWords(store.state.peek().language, 'later'),
    ]);
    const state = store.state.peek();
    const text = (body: string, type: string) => new Blob([body], { type });
    const make: Record<ExportKind, () => Promise<Blob | undefined> | Blob> = {
      villages: () => text(files.villagesCsv(state, words()), 'text/csv'),
      gaps: () => text(files.gapsCsv(state, words()), 'text/csv'),
      geojson: () => text(files.seenGeojson(state), 'application/geo+json'),
      png: async () => map?.picture(),
    };
    const blob = await make[what]();
    if (blob === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = files.fileName(state, what);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function draw(): void {
    const root = document.getElementById('planner');
    if (root === null) throw new Error('the page has no place for the planner');
    render(
      <PlannerContext.Provider value={{ store, deeds, desk, bar }}>
        <App mapBox={mapBox} picture={picture} dialogs={dialogs} />
      </PlannerContext.Provider>,
      root,
    );
  }

  /** A dialog is drawn when its code is there; the print sheet also waits for a fresh picture of the map. */
  async function openDialog(which: 'help' | 'print'): Promise<void> {
    const [later] = await Promise.all([
      import('./later.ts'),
      loadWords(store.state.peek().language, 'later'),
    ]);
    if (which === 'print' && map !== null) {
      const blob = await map.picture();
      if (picture !== null) URL.revokeObjectURL(picture);
      picture = URL.createObjectURL(blob);
    }
    dialogs = later;
    draw();
  }

  async function openMap(): Promise<void> {
    const { openBar, openMap: open, pinHooks, sceneMaker, mapWords } = await import('./chart.ts');
    openBar(store, bar);
    const box = mapBox.current;
    if (box === null) return;
    const scene = sceneMaker();
    const { dispatch } = store;
    map = open(box, scene(store.state.peek(), covered_px(store)), mapWords(words()), {
      tapped: (at, thing) => dispatch({ is: 'mapTapped', at, thing }),
      cameraMoved: (camera) => dispatch({ is: 'cameraMoved', camera }),
      baseMapFailed: () => dispatch({ is: 'baseMapFailed' }),
      ...pinHooks(store),
    });
    dispatch({ is: 'mapThere', map: map === null ? 'none' : 'there' });
    effect(() => map?.draw(scene(store.state.value, covered_px(store))));
    const spoken = computed(() => store.state.value.language);
    effect(() => map?.speak(mapWords(wordsIn(spoken.value))));
  }

  effect(() => {
    const { language, has_hints, has_shortcuts } = store.state.value;
    const t = wordsIn(language);
    document.documentElement.lang = LOCALE[language];
    document.title = `${t('brand')} · ${t('title')}`;
    remember({ language, has_hints, has_shortcuts });
  });

  let dialog: 'help' | 'print' | null = null;
  effect(() => {
    const wanted = store.state.value.dialog;
    if (wanted !== null && wanted !== dialog) {
      dialogs = null;
      openDialog(wanted).catch(() => store.dispatch({ is: 'dialogOpened', dialog: null }));
    }
    dialog = wanted;
  });

  addEventListener('keydown', (event) => shortcut(event, store, deeds));
  addEventListener('hashchange', () => {
    const link = occasionOfLink();
    if (link !== null) goToDesk(link);
  });
  draw();
  if (link !== null) goToDesk(link);
  void isSignedIn().then((isKnown) => {
    if (isKnown === null) return;
    store.dispatch({ is: 'accountsThere' });
    if (isKnown && link === null) goToDesk({ what: 'session' });
  });

  // The map needs its region's tiles: it opens when a region is known, so that it opens in the right place.
  const stop = effect(() => {
    const { regions, region, map: is } = store.state.value;
    const isKnown = regions.value?.some((one) => one.id === region && one.state === 'ready') ?? false;
    if (!isKnown || is !== 'waiting') return;
    queueMicrotask(() => {
      stop();
      openMap().catch(() => store.dispatch({ is: 'mapThere', map: 'failed' }));
    });
  });
}

const link = occasionOfLink();
const memory = recall();
const said = new URLSearchParams(location.search).get('lang');
const language = languageOf(said, memory.language, navigator.languages);
void loadWords(language).then(() => {
  const first = opened(viewFromHash(location.hash), { ...memory, language });
  start(storeOf({ ...first, is_legend_open: !isPhone.matches }), link);
});
