// The only file that drives MapLibre: opens the map, draws a scene on it, tells what people do to it.
import 'maplibre-gl/dist/maplibre-gl.css';
import latin from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import type { Feature, Geometry } from 'geojson';
import {
  Map as Chart,
  type GeoJSONSource,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { LonLat } from '../shared/contract.ts';
import { ICON_SCALE, icons } from '../shared/icons.ts';
import type { Camera } from '../shared/layers.ts';
import { Overlay } from './overlay.ts';
import type { Planning, Plans } from './planning.ts';
import type { Scene } from './scene.ts';
import { bankPaint, opacityPaint, SWITCHED, style, villageText } from './style.ts';

setWorkerUrl(worker);

export interface Hooks {
  cameraMoved(camera: Camera): void;
  baseMapFailed(): void;
}

export interface MapView {
  draw(scene: Scene): void;
  picture(): Promise<Blob>;
  focus(): void;
  /** The map's own buttons in another language. */
  speak(locale: Record<string, string>): void;
}

const BUTTONS = {
  canvas: 'Map.Title',
  'ctrl-zoom-in': 'NavigationControl.ZoomIn',
  'ctrl-zoom-out': 'NavigationControl.ZoomOut',
  'ctrl-geolocate': 'GeolocateControl.FindMyLocation',
} as const;

/** `null` where the browser cannot draw maps: the lists say the same. */
export function openMap(
  box: HTMLElement,
  first: Scene,
  locale: Record<string, string>,
  hooks: Partial<Hooks>,
  planning: Planning | null = null,
): MapView | null {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  let chart: Chart;
  try {
    chart = new Chart({
      container: box,
      style: style(first, new URL(latin, location.href).href),
      ...cameraOf(first),
      fadeDuration: isCalm ? 0 : 200,
      locale,
      minZoom: 5,
      maxZoom: 19,
      maxPitch: 0,
      pitchWithRotate: false,
      dragRotate: false,
      attributionControl: { compact: false },
    });
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'GPUInitializationError') return null;
    throw fault;
  }
  chart.touchZoomRotate.disableRotation();
  chart.keyboard.disableRotation();
  chart.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  chart.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-right');
  return new Drawing(chart, box, first, hooks, planning);
}

function cameraOf(scene: Scene) {
  if (scene.camera !== null) {
    return { center: [scene.camera.lon, scene.camera.lat] as LonLat, zoom: scene.camera.zoom };
  }
  return scene.tiles === null
    ? { center: [0, 0] as LonLat, zoom: 5 }
    : {
        bounds: scene.tiles.bounds,
        fitBoundsOptions: { padding: { top: 70, left: 24, right: 24, bottom: 30 + scene.covered_px } },
      };
}

class Drawing implements MapView {
  #shown: Scene;
  #wanted: Scene;
  #isReady = false;
  readonly #overlay: Overlay;
  readonly #plans: Plans | null;

  constructor(
    readonly chart: Chart,
    readonly box: HTMLElement,
    first: Scene,
    readonly hooks: Partial<Hooks>,
    planning: Planning | null,
  ) {
    // What the style was made from is on the map already; the rest is drawn when the style is there.
    this.#shown = {
      ...first,
      villages: new Map(),
      pins: [],
      changed: [],
      proposed: [],
      gap: null,
      own: null,
      place: null,
      piece: null,
    };
    this.#wanted = first;
    this.#overlay = new Overlay(chart);
    this.#plans = planning?.(chart, () => this.#wanted.is_placing) ?? null;
    chart.on('style.load', () => {
      for (const [name, image] of icons()) {
        if (!chart.hasImage(name)) chart.addImage(name, image, { pixelRatio: ICON_SCALE });
      }
      this.#isReady = true;
      this.#mark(this.#wanted);
      this.draw(this.#wanted);
    });
    chart.on('load', () => this.#tellCamera());
    chart.on('moveend', () => this.#tellCamera());
    chart.on('idle', () => {
      box.dataset.map = 'idle';
    });
    chart.on('movestart', () => {
      box.dataset.map = 'moving';
    });
    // A tile that does not come is told by the page's own sign of a lost connection; a base map's, by its own.
    chart.on('error', (fault) => {
      if ('sourceId' in fault && fault.sourceId === 'base') hooks.baseMapFailed?.();
    });
  }

  #tellCamera(): void {
    const { lng, lat } = this.chart.getCenter();
    const round = (n: number, digits: number) => Number(n.toFixed(digits));
    this.hooks.cameraMoved?.({
      zoom: round(this.chart.getZoom(), 2),
      lat: round(lat, 5),
      lon: round(lng, 5),
    });
  }

  draw(scene: Scene): void {
    this.#wanted = scene;
    if (!this.#isReady) return;
    const old = this.#shown;
    this.#shown = scene;
    const { chart } = this;
    if (scene.tiles?.region !== old.tiles?.region) {
      this.#isReady = false;
      chart.setStyle(style(scene, new URL(latin, location.href).href), { diff: false });
    } else {
      this.#redraw(scene, old);
    }
    if (scene.pins !== old.pins) this.#plans?.show(scene.pins);
    if (scene.proposed !== old.proposed) this.#overlay.show(scene.changed, scene.proposed);
    if (scene.changed !== old.changed) {
      this.#overlay.show(scene.changed, scene.proposed);
      const since_ms = scene.changed_since_ms;
      if (since_ms !== null) requestAnimationFrame(() => measure(since_ms));
    }
    if (scene.own !== old.own) this.#overlay.showOwn(scene.own);
    if (scene.is_placing !== old.is_placing) this.box.classList.toggle('is-placing', scene.is_placing);
    if (scene.aim !== null && scene.aim.number !== old.aim?.number) this.#aim(scene.aim, scene.covered_px);
  }

  /** Changes only what differs. */
  #redraw(scene: Scene, old: Scene): void {
    const { chart } = this;
    if (scene.tiles?.address !== old.tiles?.address || scene.tiles?.returns !== old.tiles?.returns) {
      chart.getSource<VectorTileSource>('region')?.setTiles([scene.tiles?.address ?? '']);
    }
    const isAskedAnew =
      scene.limit_m !== old.limit_m || scene.warn_m !== old.warn_m || scene.kinds !== old.kinds;
    if (isAskedAnew) {
      const paint = bankPaint(scene);
      chart.setPaintProperty('bank-casing', 'line-width', paint.casing);
      chart.setPaintProperty('banks', 'line-color', paint.color);
      chart.setPaintProperty('banks', 'line-width', paint.width);
      chart.setLayoutProperty('banks', 'line-sort-key', paint.order);
      if (scene.kinds !== old.kinds) {
        chart.setFilter('banks', paint.hasWay);
        chart.setFilter('banks-no-way', paint.hasNoWay);
      }
    }
    if (scene.opacity_pct !== old.opacity_pct) {
      const { banks, ends, villages } = opacityPaint(scene.opacity_pct);
      for (const part of SWITCHED.banks) chart.setPaintProperty(part, 'line-opacity', banks);
      for (const part of ['bank-casing', 'banks']) {
        // Other ends make the map lay out every tile again: only when they differ.
        if (chart.getLayoutProperty(part, 'line-cap') !== ends)
          chart.setLayoutProperty(part, 'line-cap', ends);
      }
      chart.setPaintProperty('village-fill', 'fill-opacity', villages);
    }
    if (scene.layers !== old.layers) {
      for (const [layer, parts] of Object.entries(SWITCHED)) {
        const visibility = scene.layers.some((one) => one === layer) ? 'visible' : 'none';
        for (const part of parts) {
          if (chart.getLayer(part)) chart.setLayoutProperty(part, 'visibility', visibility);
        }
      }
    }
    if (scene.villages !== old.villages) {
      let hasOtherText = scene.villages.size !== old.villages.size;
      for (const [id, { share, text }] of scene.villages) {
        const was = old.villages.get(id);
        hasOtherText ||= was?.text !== text;
        if (was?.share === share) continue;
        chart.setFeatureState({ source: 'region', sourceLayer: 'villages', id }, { share });
      }
      // New text makes the map place all names again: only where there is some.
      if (hasOtherText) chart.setLayoutProperty('village-names', 'text-field', villageText(scene.villages));
    }
    if (scene.hovered !== old.hovered)
      chart.setFilter('village-hover', ['==', ['get', 'id'], scene.hovered ?? '']);
    if (scene.village !== old.village)
      chart.setFilter('village-chosen', ['==', ['get', 'id'], scene.village ?? '']);
    const marks = ['gap', 'place', 'piece', 'route', 'straight'] as const;
    if (marks.some((mark) => scene[mark] !== old[mark])) this.#mark(scene);
  }

  #mark(scene: Scene): void {
    const features: Feature[] = [];
    const add = (what: string, geometry: Geometry) =>
      features.push({ type: 'Feature', properties: { what }, geometry });
    if (scene.gap) add('gap', { type: 'LineString', coordinates: [...scene.gap] });
    if (scene.straight) add('straight', { type: 'LineString', coordinates: [...scene.straight] });
    if (scene.route) add('route', { type: 'LineString', coordinates: [...scene.route] });
    if (scene.piece) add('piece', { type: 'Point', coordinates: scene.piece });
    if (scene.place) add('place', { type: 'Point', coordinates: scene.place });
    this.chart.getSource<GeoJSONSource>('marks')?.setData({ type: 'FeatureCollection', features });
  }

  #aim(aim: NonNullable<Scene['aim']>, covered_px: number): void {
    // The search box is above, the sheet below: what is aimed at shall stand between them.
    const padding = { top: 70, left: 50, right: 60, bottom: 50 + covered_px };
    if (aim.bounds) this.chart.fitBounds(aim.bounds, { padding, maxZoom: 16.5, duration: 700 });
    else if (aim.at) {
      const zoom = Math.max(aim.zoom ?? 15, 0);
      this.chart.easeTo({ center: aim.at, zoom, duration: 700, offset: [0, -covered_px / 2] });
    }
  }

  picture(): Promise<Blob> {
    const taken = this.#plans?.picture(this.#overlay.canvas, this.#shown);
    return taken ?? Promise.reject(new Error('nobody plans on this map'));
  }

  focus(): void {
    this.chart.getCanvas().focus();
  }

  speak(locale: Record<string, string>): void {
    for (const [name, key] of Object.entries(BUTTONS)) {
      const button = this.box.querySelector(`.maplibregl-${name}`);
      const word = locale[key];
      if (button === null || word === undefined) continue;
      button.setAttribute('aria-label', word);
      if (button instanceof HTMLButtonElement) button.title = word;
    }
  }
}

/** How long it took from the change until the frame that shows its answer, kept where a browser's tools show it. */
function measure(since_ms: number): void {
  const name = 'drag-to-redraw';
  if (performance.getEntriesByName(name).length > 500) performance.clearMeasures(name);
  performance.measure(name, { start: since_ms, end: performance.now() });
}
