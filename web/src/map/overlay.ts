// What the what-ifs change, drawn on a canvas of its own above the map: under a dragged pole it follows the hand
// without waiting for the whole map to be drawn again.
import type { Map as Chart } from 'maplibre-gl';
import { CHANGE_CLASSES, PALETTE } from '../shared/classes.ts';
import type { Scene } from './scene.ts';

export class Overlay {
  readonly canvas = document.createElement('canvas');
  #changed: Scene['changed'] = [];

  constructor(readonly chart: Chart) {
    this.canvas.className = 'overlay';
    chart.getCanvas().after(this.canvas);
    chart.on('render', () => this.draw());
    chart.on('resize', () => this.draw());
  }

  show(changed: Scene['changed']): void {
    this.#changed = changed;
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
    if (this.#changed.length === 0) return;
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
  }

  #path(line: Scene['changed'][number]['geometry']['coordinates']): Path2D {
    const path = new Path2D();
    for (const [lon = 0, lat = 0] of line) {
      const { x, y } = this.chart.project([lon, lat]);
      path.lineTo(x, y);
    }
    return path;
  }
}
