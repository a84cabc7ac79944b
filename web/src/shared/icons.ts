// The signs of equipment and crossings, drawn here so that the page needs no picture files. A shape per kind;
// what cannot be relied on is hollow and struck through, so that color is not the only difference.
import { KINDS, type Kind } from './contract.ts';

const SIZE = 26;
const INK = '#10302f';
const DIM = '#6b7280';

type Pen = CanvasRenderingContext2D;

const SIGNS: Record<Kind, (pen: Pen) => void> = {
  pole: (pen) => lines(pen, [[8, 20, 18, 6]]),
  ring: (pen) => circle(pen, 13, 13, 5),
  rope: (pen) => {
    circle(pen, 12, 12, 4);
    lines(pen, [[15, 15, 19, 19]]);
  },
  jacket: (pen) =>
    lines(pen, [
      [9, 7, 9, 19],
      [17, 7, 17, 19],
      [9, 19, 17, 19],
      [9, 7, 13, 12],
      [17, 7, 13, 12],
    ]),
  aed: (pen) =>
    lines(pen, [
      [15, 6, 10, 14],
      [10, 14, 16, 13],
      [16, 13, 11, 20],
    ]),
  board: (pen) =>
    lines(pen, [
      [13, 7, 13, 14],
      [13, 18, 13, 18.5],
    ]),
  other: (pen) => circle(pen, 13, 13, 2),
};

function lines(pen: Pen, all: readonly (readonly [number, number, number, number])[]) {
  for (const [x0, y0, x1, y1] of all) {
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
  }
}

function circle(pen: Pen, x: number, y: number, radius: number) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
}

function drawn(scale: number, draw: (pen: Pen) => void): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE * scale;
  canvas.height = SIZE * scale;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.scale(scale, scale);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function piece(pen: Pen, kind: Kind, isUsable: boolean) {
  pen.beginPath();
  if (kind === 'board') pen.roundRect(3, 3, 20, 20, 4);
  else pen.arc(13, 13, 11, 0, 2 * Math.PI);
  pen.fillStyle = isUsable ? INK : '#ffffff';
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = isUsable ? '#ffffff' : DIM;
  pen.stroke();
  pen.lineWidth = 2.4;
  pen.strokeStyle = isUsable ? '#ffffff' : DIM;
  SIGNS[kind](pen);
  if (!isUsable) {
    pen.lineWidth = 2;
    pen.strokeStyle = '#9c2a17';
    lines(pen, [[5, 21, 21, 5]]);
  }
}

function crossing(pen: Pen, isOpen: boolean) {
  pen.fillStyle = '#ffffff';
  pen.strokeStyle = isOpen ? '#4b5563' : '#9c2a17';
  pen.lineWidth = 2;
  pen.beginPath();
  pen.roundRect(5, 7, 16, 12, 3);
  pen.fill();
  pen.stroke();
  if (isOpen) {
    lines(pen, [
      [8, 11, 18, 11],
      [8, 15, 18, 15],
    ]);
  } else {
    lines(pen, [
      [9, 10, 17, 16],
      [17, 10, 9, 16],
    ]);
  }
}

export const ICON_SCALE = 2;

/** Every sign by its name in the style. */
export function icons(): [string, ImageData][] {
  const all: [string, ImageData | null][] = [
    ...KINDS.flatMap((kind): [string, ImageData | null][] => [
      [`${kind}-usable`, drawn(ICON_SCALE, (pen) => piece(pen, kind, true))],
      [`${kind}-other`, drawn(ICON_SCALE, (pen) => piece(pen, kind, false))],
    ]),
    ['crossing-open', drawn(ICON_SCALE, (pen) => crossing(pen, true))],
    ['crossing-closed', drawn(ICON_SCALE, (pen) => crossing(pen, false))],
  ];
  return all.filter((one): one is [string, ImageData] => one[1] !== null);
}

/** A sign as a picture for lists and the legend. */
export function iconCanvas(kind: Kind, isUsable: boolean): HTMLCanvasElement | null {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE * ICON_SCALE;
  canvas.height = SIZE * ICON_SCALE;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.scale(ICON_SCALE, ICON_SCALE);
  pen.lineCap = 'round';
  piece(pen, kind, isUsable);
  return canvas;
}
