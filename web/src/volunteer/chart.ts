// The volunteer's map, fetched when it is opened: the way, its stops, the pieces, and where one is.

import type { Drawn, Proposed, Scene } from '../map/scene.ts';
import type { MapView } from '../map/view.ts';
import { openMap } from '../map/view.ts';
import type { Bounds, LonLat } from '../shared/contract.ts';
import type { Camera } from '../shared/layers.ts';
import type { Words } from '../shared/words.ts';
import { linesOf } from './lines.ts';
import { ownRun } from './next.ts';
import { boundsOfWay, wayOf } from './pack.ts';
import { seenNow } from './seen.ts';
import type { State } from './state.ts';

export interface Chart {
  draw(state: State): void;
  showWay(state: State): void;
  showOwn(state: State): void;
  speak(t: Words): void;
}

/** `null` where the browser draws no maps. */
export function openChart(box: HTMLElement, state: State, t: Words): Chart | null {
  let aim: Scene['aim'] = null;
  let shown: State = state;
  const make = sceneMaker(box);
  const view: MapView | null = openMap(box, make(state, aim), mapWords(t), {});
  if (view === null) return null;
  const goTo = (to: { bounds?: Bounds; at?: LonLat; zoom?: number }) => {
    aim = { number: (aim?.number ?? 0) + 1, ...to };
    view.draw(make(shown, aim));
  };
  view.draw(make(state, aim));
  return {
    draw(now) {
      shown = now;
      view.draw(make(now, aim));
    },
    showWay(now) {
      const way = wayOf(now.pack?.value ?? null);
      const bounds = way === null ? null : boundsOfWay(way);
      if (bounds !== null) goTo({ bounds });
    },
    showOwn(now) {
      if (now.fix !== null) goTo({ at: now.fix.at, zoom: 16 });
    },
    speak: (words) => view.speak(mapWords(words)),
  };
}

/** Makes scenes of which the same parts are the same things, so that the map draws only what differs. */
function sceneMaker(box: HTMLElement) {
  const KINDS = ['pole', 'ring', 'rope'] as const;
  const LAYERS = ['equipment', 'names', 'ground', 'crossings'] as const;
  const NONE: never[] = [];
  const VILLAGES = new Map();
  let camera: Camera | null = null;
  let drawn: { key: string; lines: readonly (Drawn | Proposed)[] } = { key: '', lines: [] };
  let own: { fix: State['fix']; heading: number | null; own: Scene['own'] } | null = null;
  return (state: State, aim: Scene['aim']): Scene => {
    const way = wayOf(state.pack?.value ?? null);
    const bounds = way === null ? null : boundsOfWay(way);
    camera ??= bounds === null ? ownCamera(state) : cameraOver(bounds, box);
    const done = [...ownRun(state).done.keys()].join();
    const key = `${state.pack?.at_ms}|${done}|${seenNow(state)?.at_ms}`;
    if (drawn.key !== key) drawn = { key, lines: linesOf(state) };
    if (own?.fix !== state.fix || own?.heading !== state.heading) {
      const { fix, heading } = state;
      own = { fix, heading, own: fix === null ? null : { at: fix.at, accuracy_m: fix.accuracy_m, heading } };
    }
    return {
      tiles:
        state.map.address === null
          ? null
          : {
              region: state.region ?? '',
              address: state.map.address,
              attribution: state.map.attribution,
              bounds: [-180, -85, 180, 85],
              returns: 0,
            },
      base: null,
      limit_m: 50,
      warn_m: 100,
      kinds: KINDS,
      layers: LAYERS,
      opacity_pct: 100,
      villages: VILLAGES,
      village: null,
      hovered: null,
      pins: NONE,
      changed: NONE,
      proposed: drawn.lines,
      changed_since_ms: null,
      gap: null,
      place: null,
      piece: null,
      own: own?.own ?? null,
      route: null,
      straight: null,
      aim,
      camera,
      is_placing: false,
      covered_px: 0,
    };
  };
}

function ownCamera({ fix }: State): Camera | null {
  return fix === null ? null : { lon: fix.at[0], lat: fix.at[1], zoom: 15 };
}

function cameraOver([west, south, east, north]: Bounds, box: HTMLElement): Camera {
  const lat = (south + north) / 2;
  const fits = (degrees: number, px: number) => Math.log2((360 * Math.max(80, px - 90)) / (512 * degrees));
  const tall = (north - south) / Math.cos((lat * Math.PI) / 180);
  const zoom = Math.min(
    16,
    fits(Math.max(east - west, 1e-5), box.clientWidth),
    fits(Math.max(tall, 1e-5), box.clientHeight),
  );
  return { lon: (west + east) / 2, lat, zoom };
}

function mapWords(t: Words): Record<string, string> {
  return {
    'Map.Title': t('volMapLabel'),
    'NavigationControl.ZoomIn': t('volZoomIn'),
    'NavigationControl.ZoomOut': t('volZoomOut'),
    'ScaleControl.Meters': t.language === 'zh' ? '米' : 'm',
    'ScaleControl.Kilometers': t.language === 'zh' ? '公里' : 'km',
  };
}
