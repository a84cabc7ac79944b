// What the phone itself gives: its place and compass, room for the map, the page without a line, a screen that stays on.
import { effect } from '@preact/signals';
import type { DutyApi } from '../../shared/duty.ts';
import { ownRun, patrolName } from '../next.ts';
import { tilesAlong, tileUrl, wayOf } from '../pack.ts';
import type { Fix } from '../position.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';

const TILES = 'zhugan-tiles';
const AT_ONCE = 4;

interface InstallEvent extends Event {
  prompt(): Promise<void>;
}

interface Battery extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

export type Phone = ReturnType<typeof openPhone>;

export function openPhone(store: Store, api: DutyApi, located: (fix: Fix) => void) {
  const { dispatch } = store;
  const now = (): State => store.state.peek();
  let watch: number | null = null;
  let worker: ServiceWorkerRegistration | null = null;
  let installing: InstallEvent | null = null;

  function locate(): void {
    if (watch !== null) return;
    if (navigator.geolocation === undefined) {
      dispatch({ is: 'locatingIs', locating: 'failed' });
      return;
    }
    if (now().locating !== 'on') dispatch({ is: 'locatingIs', locating: 'asking' });
    watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) =>
        located({ at: [coords.longitude, coords.latitude], accuracy_m: coords.accuracy, ms: timestamp }),
      ({ code, PERMISSION_DENIED }) => {
        dispatch({ is: 'locatingIs', locating: code === PERMISSION_DENIED ? 'refused' : 'failed' });
        if (code === PERMISSION_DENIED) unwatch();
      },
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
    );
  }

  function unwatch(): void {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
  }

  /** Without asking, where it was allowed before. */
  function locateIfAllowed(): void {
    navigator.permissions?.query({ name: 'geolocation' }).then(
      ({ state }) => {
        if (state === 'granted') locate();
        else if (state === 'denied') dispatch({ is: 'locatingIs', locating: 'refused' });
      },
      () => {},
    );
  }

  /** A compass that knows where north is; others turn with no meaning. */
  function turned(event: DeviceOrientationEvent & { webkitCompassHeading?: number }): void {
    const turn = screen.orientation?.angle ?? 0;
    const heading =
      event.webkitCompassHeading ?? (event.absolute && event.alpha !== null ? 360 - event.alpha : null);
    if (heading !== null) dispatch({ is: 'heads', heading: Math.round((heading + turn + 360) % 360) });
  }

  function useCompass(): void {
    const asked = DeviceOrientationEvent as unknown as { requestPermission?: () => Promise<string> };
    const listen = () => {
      addEventListener('deviceorientationabsolute', turned as EventListener);
      addEventListener('deviceorientation', turned as EventListener);
    };
    if (asked.requestPermission === undefined) listen();
    else
      asked.requestPermission().then(
        (answer) => {
          if (answer === 'granted') listen();
        },
        () => {},
      );
  }

  async function saveMap(): Promise<void> {
    const { region, map, pack } = now();
    const way = wayOf(pack?.value ?? null);
    if (region === null || way === null || map.is === 'saving') return;
    const patrol = patrolName(now());
    dispatch({ is: 'mapIs', map: { is: 'saving', done: 0, of: 0, failed: 0, patrol } });
    try {
      const { tiles, attribution } = await api.tileMap(region);
      const address = `${tiles[0]?.startsWith('/') ? location.origin : ''}${tiles[0] ?? ''}`;
      const wanted = [...way.stops.flatMap(({ line }) => line), ...way.line];
      const urls = tilesAlong(wanted).map((tile) => tileUrl(address, tile));
      dispatch({ is: 'mapIs', map: { of: urls.length, address, attribution: attribution ?? '' } });
      await drop(urls);
      const cache = await caches.open(TILES);
      let [done, failed] = [0, 0];
      const take = async (): Promise<void> => {
        for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
          const isThere =
            (await cache.match(url)) !== undefined ||
            (await cache.add(url).then(
              () => true,
              () => false,
            ));
          if (isThere) done += 1;
          else failed += 1;
          dispatch({ is: 'mapIs', map: { done, failed } });
        }
      };
      await Promise.all([...Array.from({ length: AT_ONCE }, take), keepMapFiles()]);
      dispatch({ is: 'mapIs', map: { is: failed === 0 ? 'saved' : 'partly' } });
    } catch {
      dispatch({ is: 'mapIs', map: { is: 'failed' } });
    }
  }

  /** Tiles of another way, or of an older map, make room. */
  async function drop(wanted: readonly string[]): Promise<void> {
    const cache = await caches.open(TILES);
    const isWanted = new Set(wanted);
    for (const { url } of await cache.keys()) {
      if (!isWanted.has(url)) await cache.delete(url);
    }
  }

  /** What draws the map is large: it is kept with the first map. */
  async function keepMapFiles(): Promise<void> {
    await serving;
    const active = worker?.active;
    if (!active) return;
    return new Promise((done, fail) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => (data === true ? done() : fail(new Error('not kept')));
      active.postMessage('keepMap', [channel.port2]);
    });
  }

  async function serve(): Promise<void> {
    if (navigator.serviceWorker === undefined) {
      dispatch({ is: 'phoneIs', phone: { offline: 'not' } });
      return;
    }
    try {
      worker = await navigator.serviceWorker.register('/sw.js', { scope: '/v' });
      const look = () => {
        if (worker?.waiting && navigator.serviceWorker.controller)
          dispatch({ is: 'phoneIs', phone: { has_update: true } });
      };
      look();
      worker.addEventListener('updatefound', () => {
        worker?.installing?.addEventListener('statechange', look);
      });
      await navigator.serviceWorker.ready;
      dispatch({ is: 'phoneIs', phone: { offline: 'ready' } });
    } catch {
      dispatch({ is: 'phoneIs', phone: { offline: 'not' } });
    }
  }

  function update(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker?.waiting?.postMessage('take');
  }

  /** Asks the browser not to throw away what is kept here. */
  async function last(): Promise<void> {
    const isLasting = await navigator.storage?.persist?.();
    if (isLasting !== undefined) dispatch({ is: 'phoneIs', phone: { lasting: isLasting ? 'yes' : 'no' } });
  }

  let lock: { release(): Promise<void> } | null = null;
  async function stayAwake(isWanted: boolean): Promise<void> {
    try {
      if (isWanted && document.visibilityState === 'visible')
        lock = (await navigator.wakeLock?.request('screen')) ?? null;
      else if (!isWanted) await lock?.release();
    } catch {
      // Some phones decide for themselves.
    }
  }
  const isActive = () => ownRun(now()).state === 'active';

  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installing = event as InstallEvent;
    dispatch({ is: 'phoneIs', phone: { can_install: true } });
  });

  let wasActive = false;
  effect(() => {
    const active = ownRun(store.state.value).state === 'active';
    if (active === wasActive) return;
    wasActive = active;
    void stayAwake(active);
    if (active) queueMicrotask(locate);
  });

  async function watchBattery(): Promise<void> {
    const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
    const battery = await getBattery?.call(navigator).catch(() => undefined);
    if (battery === undefined) return;
    const tell = () => {
      const { level, charging } = battery;
      const percent = Math.round(100 * level);
      dispatch({ is: 'phoneIs', phone: { battery: { percent, is_charging: charging } } });
    };
    tell();
    battery.addEventListener('levelchange', tell);
    battery.addEventListener('chargingchange', tell);
  }

  void watchBattery();
  const serving = serve();

  return {
    locate,
    locateIfAllowed,
    useCompass,
    /** Where no leave is needed for it. */
    useCompassIfFree() {
      if (!('DeviceOrientationEvent' in globalThis)) return;
      if (!('requestPermission' in DeviceOrientationEvent)) useCompass();
    },
    saveMap,
    update,
    last,
    seen() {
      void stayAwake(isActive());
      if (now().locating === 'on' || isActive()) locate();
    },
    hidden() {
      // Nobody looks, and nothing is recorded: the battery lasts longer.
      if (!isActive()) unwatch();
    },
    install() {
      void installing?.prompt();
      dispatch({ is: 'phoneIs', phone: { can_install: false } });
    },
  };
}
