// The map as a picture, for print and export: the chart, what the what-ifs change, their letters, scale, attribution.
import type { Map as Chart } from 'maplibre-gl';
import { PALETTE } from '../shared/classes.ts';
import type { Scene } from './scene.ts';

export async function picture(chart: Chart, overlay: HTMLCanvasElement, scene: Scene): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const source = chart.getCanvas();
  canvas.width = source.width;
  canvas.height = source.height;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser draws no pictures');
  // The chart's buffer holds its picture only while it is being drawn.
  await new Promise<void>((done) => {
    chart.once('render', () => {
      pen.drawImage(source, 0, 0);
      done();
    });
    chart.triggerRepaint();
  });
  pen.drawImage(overlay, 0, 0, canvas.width, canvas.height);
  const scale = canvas.width / chart.getContainer().clientWidth;
  pen.scale(scale, scale);
  for (const pin of scene.pins) {
    const { x, y } = chart.project(pin.at);
    sign(pen, pin.letter, x, y);
  }
  const ruler = chart.getContainer().querySelector<HTMLElement>('.maplibregl-ctrl-scale');
  if (ruler !== null) scaleBar(pen, ruler.textContent, ruler.offsetWidth, canvas.height / scale);
  const credit = scene.tiles?.attribution ?? '';
  pen.font = '12px sans-serif';
  const width = pen.measureText(credit).width + 12;
  const [right, bottom] = [canvas.width / scale, canvas.height / scale];
  pen.fillStyle = 'rgba(255,255,255,0.85)';
  pen.fillRect(right - width, bottom - 20, width, 20);
  pen.fillStyle = PALETTE.ink;
  pen.fillText(credit, right - width + 6, bottom - 6);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob === null ? fail(new Error('no picture came')) : done(blob)), 'image/png');
  });
}

function sign(pen: CanvasRenderingContext2D, letter: string, x: number, y: number) {
  pen.beginPath();
  pen.arc(x, y - 20, 12, 0, 2 * Math.PI);
  pen.fillStyle = '#ffffff';
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = PALETTE.route;
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x, y - 8);
  pen.lineTo(x, y);
  pen.stroke();
  pen.fillStyle = PALETTE.route;
  pen.font = 'bold 14px sans-serif';
  pen.textAlign = 'center';
  pen.fillText(letter, x, y - 15);
  pen.textAlign = 'start';
}

function scaleBar(pen: CanvasRenderingContext2D, text: string, width: number, bottom: number) {
  pen.fillStyle = 'rgba(255,255,255,0.85)';
  pen.fillRect(8, bottom - 32, width + 16, 26);
  pen.strokeStyle = PALETTE.ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(16, bottom - 18);
  pen.lineTo(16, bottom - 12);
  pen.lineTo(16 + width, bottom - 12);
  pen.lineTo(16 + width, bottom - 18);
  pen.stroke();
  pen.font = '12px sans-serif';
  pen.fillStyle = PALETTE.ink;
  pen.fillText(text, 22, bottom - 18);
}
