// Opens the volunteer's page: what this phone keeps makes the first state; then panels, effects, the phone itself.
import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { dutyApi } from '../shared/duty.ts';
import { shrink } from '../shared/pictures.ts';
import { onceIn } from '../shared/url.ts';
import { LOCALE, languageOf, loadWords, wordsIn } from '../shared/words.ts';
import type { Chart } from './chart.ts';
import { begin } from './effects.ts';
import { check, checkIn, farFrom, report, skip } from './entering.ts';
import { recall, remember } from './memory.ts';
import { isDark, ownRun, patrolName } from './next.ts';
import { forgetfulKeep, openKeep } from './outbox/keeping.ts';
import { App } from './panels/App.tsx';
import { type Deeds, PageContext } from './panels/context.ts';
import { faultText } from './panels/texts.ts';
import { openPhone } from './phone/effects.ts';
import { opened } from './state.ts';
import { storeOf } from './store.ts';
import './words.ts';

/** The long edge of a photo as it is sent, pixels. */
const EDGE = 1600;
const TICK_MS = 15_000;
const SOON_MS = 3_000;
const ASK_AGAIN_MS = 5 * 60_000;

/** After six in the evening, and before six. */
const isEvening = (at: Date) => at.getHours() < 6 || 18 <= at.getHours();

async function start(): Promise<void> {
  const memory = recall();
  const said = new URLSearchParams(location.search).get('lang');
  const language = languageOf(said, memory.language, [...navigator.languages, 'zh']);
  const [keep] = await Promise.all([openKeep().catch(() => null), loadWords(language, 'volunteer')]);
  const now = new Date();
  const store = storeOf(opened({ language, theme: memory.theme }, now.getTime(), isEvening(now)));
  const { dispatch, state } = store;
  const words = () => wordsIn(state.peek().language);
  if (keep === null) dispatch({ is: 'phoneIs', phone: { keeps: false } });
  const effects = begin(store, dutyApi, keep ?? forgetfulKeep(), (fault) => faultText(words(), fault));
  await effects.recall();
  const phone = openPhone(store, dutyApi, effects.located);
  let chart: Chart | null = null;
  let parts: typeof import('./later.ts') | null = null;
  const say = (text: string) => dispatch({ is: 'said', text });

  const later = () =>
    Promise.all([import('./later.ts'), loadWords(state.peek().language, 'beside')]).then(([come]) => {
      parts = come;
      return come;
    });

  async function openMap(box: HTMLElement): Promise<void> {
    try {
      const [{ openChart }] = await Promise.all([import('./chart.ts'), mapAddress()]);
      chart = openChart(box, state.peek(), words());
      dispatch({ is: 'chartIs', chart: chart === null ? 'none' : 'there' });
      effect(() => chart?.draw(state.value));
      const spoken = computed(() => state.value.language);
      effect(() => chart?.speak(wordsIn(spoken.value)));
    } catch {
      dispatch({ is: 'chartIs', chart: 'failed' });
    }
  }

  /** A map that was not saved comes over the line. */
  async function mapAddress(): Promise<void> {
    const { map, region } = state.peek();
    if (map.address !== null || region === null) return;
    const come = await dutyApi.tileMap(region).catch(() => null);
    const [tiles = ''] = come?.tiles ?? [];
    if (tiles === '') return;
    const address = tiles.startsWith('/') ? `${location.origin}${tiles}` : tiles;
    dispatch({ is: 'mapIs', map: { address, attribution: come?.attribution ?? '' } });
  }

  async function save(blob: Promise<Blob>, name: string): Promise<void> {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function readAloud(text: string): void {
    if (!('speechSynthesis' in globalThis)) return;
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = LOCALE[state.peek().language];
    speechSynthesis.speak(spoken);
  }

  const deeds: Deeds = {
    later,
    speak(to) {
      loadWords(to).then(
        () => {
          const address = new URL(location.href);
          address.searchParams.delete('lang');
          history.replaceState(history.state, '', address);
          dispatch({ is: 'languagePicked', language: to });
        },
        () => say(words()('volUnreachable')),
      );
    },
    signIn: (name, password) => void effects.signIn(name, password),
    accept: (who) => void effects.accept(who),
    signOut: () => void effects.signOut(),
    pickRegion: (region) => void effects.pickRegion(region),
    refresh: () => void effects.refresh(),
    answer: (answer) => void effects.answer(answer),
    takeOver: (wanted) =>
      void effects.takeOver(wanted).then((isDone) => {
        if (isDone) say(words()('volTakenNow', { day: words().date(wanted.day) }));
      }),
    makeCalendar: () => void effects.makeCalendar(),
    copy(text) {
      const given = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('none'));
      given.then(
        () => say(words()('volCopied')),
        () => say(words()('volCopyFailed')),
      );
    },
    print: () => print(),
    consent: (consent) => void effects.consent(consent),
    start() {
      const { pack } = state.peek();
      // Asked once, before anything is recorded.
      if (pack?.value.volunteer != null && pack.value.volunteer.consent === null)
        dispatch({ is: 'dialogOpened', dialog: { is: 'consent' } });
      else void effects.enter({ kind: 'start' }, { isUndoable: true });
    },
    finish: () => void effects.cutTrack().then(() => effects.enter({ kind: 'finish' }, { isUndoable: true })),
    checkIn(stop) {
      const now = state.peek();
      const m = farFrom(stop, now.fix, Date.now());
      const isAsked = now.dialog?.is === 'far';
      if (m !== null && !isAsked) dispatch({ is: 'dialogOpened', dialog: { is: 'far', stop, m } });
      else void effects.enter(checkIn(now, stop), { isUndoable: true });
    },
    skip: (stop, reason) => void effects.enter(skip(stop, reason), { isUndoable: true }),
    check: (piece, condition, how) =>
      void effects.enter(check(state.peek(), piece, condition, how), { isUndoable: true }),
    undo: effects.undone,
    inWater() {
      dispatch({ is: 'dialogOpened', dialog: { is: 'water' } });
      phone.locate();
      void effects.enter({ kind: 'person_in_water' });
    },
    report() {
      const { draft } = state.peek();
      void effects.enter(report(words(), draft), { photos: draft.photos });
    },
    shrink: (file) => shrink(file, EDGE),
    sendNow: effects.sendNow,
    again: (uuid) => void effects.again(uuid),
    drop: (uuid) => void effects.drop(uuid),
    exportUnsent: () =>
      void save(effects.asFile(), `zhugan-${new Date().toISOString().slice(0, 16).replaceAll(':', '')}.json`),
    saveMap: () => void phone.saveMap(),
    locate: phone.locate,
    keepLasting: () => void phone.last(),
    useCompass: phone.useCompass,
    openMap: (box) => void openMap(box),
    showWay: () => chart?.showWay(state.peek()),
    showOwn() {
      phone.locate();
      chart?.showOwn(state.peek());
    },
    get scan() {
      return parts?.canScan() ? parts.scan : null;
    },
    readAloud,
    chime(text) {
      // Some phones speak only what was begun by a tap: this says nothing, and lets the text follow.
      readAloud('');
      void parts?.chime().then(() => readAloud(text));
    },
    install: phone.install,
    update: phone.update,
  };

  effect(() => {
    const { language, theme } = state.value;
    const t = wordsIn(language);
    document.documentElement.lang = LOCALE[language];
    document.documentElement.dataset.theme = isDark(state.value) ? 'dark' : 'light';
    document.title = t('volTitle');
    remember({ language, theme });
  });

  const root = document.getElementById('volunteer');
  if (root === null) throw new Error('the page has no place for the volunteer');
  render(
    <PageContext.Provider value={{ state, dispatch, deeds }}>
      <App />
    </PageContext.Provider>,
    root,
  );

  /** What a link says once, taken out of the address at once: an invitation's token is for one pair of eyes. */
  function invited(): void {
    const found = onceIn(location.hash, 'invitation');
    if (found === null) return;
    history.replaceState(history.state, '', `${location.pathname}${location.search}${found.rest}`);
    void effects.invited(found.word);
  }

  // The way's map is saved as soon as there is a way, while there is a line.
  const wanted = computed(() => (state.value.is_online ? patrolName(state.value) : null));
  effect(() => {
    const name = wanted.value;
    const { map } = state.peek();
    if (name !== null && (map.patrol !== name || map.is === 'partly'))
      queueMicrotask(() => void phone.saveMap());
  });

  // While there is a line, so that it is there without one, in both languages; where it does not come, that is said when somebody looks.
  const isReady = computed(() => state.value.phone.offline === 'ready' && state.value.pack !== null);
  const fetchAhead = () => later().then(() => loadWords(state.peek().language === 'zh' ? 'en' : 'zh'));
  effect(() => {
    if (isReady.value && navigator.onLine) setTimeout(() => void fetchAhead().catch(() => {}), SOON_MS);
  });

  addEventListener('hashchange', invited);
  addEventListener('online', () => void effects.refresh());
  addEventListener('offline', () => dispatch({ is: 'lineIs', up: false }));
  let asked_ms = Date.now();
  const look = () => {
    const at = new Date();
    dispatch({ is: 'ticked', now_ms: at.getTime(), is_evening: isEvening(at) });
    effects.ticked();
    if (document.visibilityState !== 'visible') return;
    if (at.getTime() - asked_ms < (effects.isNewDay() ? 60_000 : ASK_AGAIN_MS)) return;
    asked_ms = at.getTime();
    void effects.refresh();
  };
  setInterval(look, TICK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      look();
      phone.seen();
      effects.sendNow();
    } else phone.hidden();
  });

  invited();
  if (!navigator.onLine) dispatch({ is: 'lineIs', up: false });
  void effects.refresh();
  phone.locateIfAllowed();
  phone.useCompassIfFree();
  if (ownRun(state.peek()).state === 'active') phone.locate();
  navigator.storage?.persisted?.().then((isLasting) => {
    if (isLasting) dispatch({ is: 'phoneIs', phone: { lasting: 'yes' } });
    else void phone.last();
  });
}

void start();
