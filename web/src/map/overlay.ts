// What the what-ifs change and what an import would do, drawn on a canvas of its own above the map: under a dragged pole it follows the hand
// without waiting for the whole map to be drawn again.
import type { Map as Chart } from 'maplibre-gl';
import { CHANGE_CLASSES, PALETTE, PROPOSED } from '../shared/classes.ts';
import type { LonLat } from '../shared/contract.ts';
import { shifted } from '../shared/places.ts';
import type { Proposed, Scene } from './scene.ts';

/** The land's color, half through. */
const VEIL = 'rgb(247 245 240 / 55%)';
/** Small numbers nearer to each other than this hide each other, pixels: the later ones wait until one is closer. */
const APART_PX = 15;
const OWN = '#1a6dd6';

export class Overlay {
  readonly canvas = document.createElement('canvas');
  #changed: Scene['changed'] = [];
  #proposed: Scene['proposed'] = [];
  #own: NonNullable<Scene['own']> | null = null;

  constructor(readonly chart: Chart) {
    this.canvas.className = 'overlay';
    chart.getCanvas().after(this.canvas);
    chart.on('render', () => this.draw());
    chart.on('resize', () => this.draw());
  }

  show(changed: Scene['changed'], proposed: Scene['proposed']): void {
    this.#changed = changed;
    this.#proposed = proposed;
    this.draw();
  }

  showOwn(own: Scene['own']): void {
    this.#own = own ?? null;
    this.draw();
  }

  draw(): void {
    const { canvas, chart } = this;
    const { clientWidth, clientHeight } = chart.getContainer();
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(clientWidth * scale), Math.round(clientHeight * scale)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, clientWidth, clientHeight);
    if (this.#changed.length + this.#proposed.length > 0) this.#drawn(pen, clientWidth, clientHeight);
    if (this.#own !== null) this.#ownDot(pen, this.#own);
  }

  #drawn(pen: CanvasRenderingContext2D, width: number, height: number): void {
    const { chart } = this;
    const zoom = chart.getZoom();
    const size = zoom < 11 ? 0.6 : zoom < 14 ? 0.8 : 1;
    pen.lineJoin = 'round';
    const paths = this.#changed.map(({ geometry, properties }) => ({
      path: this.#path(geometry.coordinates),
      kind: CHANGE_CLASSES[properties.change],
    }));
    pen.lineCap = 'round';
    for (const { path, kind } of paths) {
      pen.strokeStyle = PALETTE.casing;
      pen.lineWidth = (kind.width + 6) * size;
      pen.setLineDash([]);
      pen.stroke(path);
    }
    for (const { path, kind } of paths) {
      pen.lineCap = kind.dash === null ? 'round' : 'butt';
      pen.strokeStyle = kind.color;
      pen.lineWidth = kind.width * size;
      pen.setLineDash((kind.dash ?? []).map((part) => part * kind.width));
      pen.stroke(path);
    }
    const lines = this.#proposed.flatMap((one) =>
      'line' in one ? [{ ...one, path: this.#path(one.line) }] : [],
    );
    pen.setLineDash([]);
    if (lines.some(({ isBeside }) => !isBeside)) {
      // What is below steps back: its lines have colors of their own.
      pen.fillStyle = VEIL;
      pen.fillRect(0, 0, width, height);
    }
    pen.lineCap = 'round';
    pen.strokeStyle = PALETTE.casing;
    for (const { path, width: wide } of lines) {
      pen.lineWidth = (wide + 3) * size;
      pen.stroke(path);
    }
    for (const { path, width: wide, color, dash } of lines) {
      pen.lineCap = dash === null ? 'round' : 'butt';
      pen.strokeStyle = color;
      pen.lineWidth = wide * size;
      pen.setLineDash((dash ?? []).map((part) => part * wide));
      pen.stroke(path);
    }
    pen.setLineDash([]);
    const small: { x: number; y: number }[] = [];
    // Those that come in lie over those that do not.
    for (const is of ['skipped', 'changed', 'added'] as const) {
      for (const one of this.#proposed) {
        if ('line' in one || one.is !== is) continue;
        if (one.isSmall) {
          const at = chart.project([one.at[0], one.at[1]]);
          if (small.some(({ x, y }) => Math.hypot(at.x - x, at.y - y) < APART_PX)) continue;
          small.push(at);
        }
        if (one.rank === undefined) this.#dot(pen, one.at, is, 7 * size);
        else this.#numbered(pen, one, one.rank);
      }
    }
  }

  /** A dot, a ring as wide as the place is unsure, and a beam to where one looks. */
  #ownDot(pen: CanvasRenderingContext2D, { at, accuracy_m, heading }: NonNullable<Scene['own']>): void {
    const { x, y } = this.chart.project([at[0], at[1]]);
    const [lon, lat] = shifted(at, accuracy_m, 0);
    const ring = Math.abs(this.chart.project([lon, lat]).x - x);
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(x, y, ring, 0, 2 * Math.PI);
    pen.fillStyle = 'rgb(26 109 214 / 15%)';
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = OWN;
    pen.stroke();
    if (heading !== null) {
      const ahead = ((heading - 90) * Math.PI) / 180;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.arc(x, y, 34, ahead - 0.45, ahead + 0.45);
      pen.closePath();
      pen.fillStyle = 'rgb(26 109 214 / 45%)';
      pen.fill();
    }
    pen.beginPath();
    pen.arc(x, y, 8, 0, 2 * Math.PI);
    pen.fillStyle = OWN;
    pen.fill();
    pen.lineWidth = 3;
    pen.strokeStyle = PALETTE.casing;
    pen.stroke();
  }

  /** Told apart by form as well as by color: a plus, a ring, a cross. */
  #dot(pen: CanvasRenderingContext2D, at: LonLat, is: Proposed['is'], radius: number): void {
    const { x, y } = this.chart.project([at[0], at[1]]);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = is === 'changed' ? PALETTE.casing : PROPOSED[is];
    pen.fill();
    pen.lineWidth = is === 'changed' ? 3.5 : 1.5;
    pen.strokeStyle = is === 'changed' ? PROPOSED[is] : PALETTE.casing;
    pen.stroke();
    if (is === 'changed') return;
    const arm = radius * 0.55;
    const turn = is === 'added' ? 0 : Math.PI / 4;
    pen.beginPath();
    for (const angle of [turn, turn + Math.PI / 2]) {
      pen.moveTo(x - arm * Math.cos(angle), y - arm * Math.sin(angle));
      pen.lineTo(x + arm * Math.cos(angle), y + arm * Math.sin(angle));
    }
    pen.strokeStyle = PALETTE.casing;
    pen.lineWidth = 2;
    pen.stroke();
  }

  #numbered(pen: CanvasRenderingContext2D, { at, color, isSmall = false }: Proposed, rank: number): void {
    const { x, y } = this.chart.project([at[0], at[1]]);
    const paint = color ?? PROPOSED.added;
    pen.beginPath();
    pen.arc(x, y, isSmall ? 8 : 10, 0, 2 * Math.PI);
    pen.fillStyle = isSmall ? PALETTE.casing : paint;
    pen.fill();
    pen.lineWidth = 2;
    pen.strokeStyle = isSmall ? paint : PALETTE.casing;
    pen.stroke();
    pen.fillStyle = isSmall ? paint : PALETTE.casing;
    pen.font = `600 ${isSmall || rank >= 100 ? 10 : 12}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(String(rank), x, y + 0.5);
  }

  #path(line: readonly (readonly number[])[]): Path2D {
    const path = new Path2D();
    for (const [lon = 0, lat = 0] of line) {
      const { x, y } = this.chart.project([lon, lat]);
      path.lineTo(x, y);
    }
    return path;
  }
}
