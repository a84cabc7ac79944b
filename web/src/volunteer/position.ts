// Where one is, and where things are from there.
import type { LonLat } from '../shared/contract.ts';
import { apart } from '../shared/places.ts';

export interface Fix {
  readonly at: LonLat;
  readonly accuracy_m: number;
  readonly ms: number;
}

/** An older fix says where somebody was. */
const FRESH_MS = 60_000;
/** Less sure than this is told. */
export const POOR_M = 50;
/** From so near one is there. */
const THERE_M = 40;

export const isFresh = (fix: Fix | null, now_ms: number): fix is Fix =>
  fix !== null && now_ms - fix.ms <= FRESH_MS;

/** Whether somebody at so many meters may well be there, by how sure the place is. */
export const isThere = (m: number, accuracy_m: number) => m <= THERE_M + Math.min(accuracy_m, 60);

const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Degrees from north, clockwise. */
export function bearing([lon0, lat0]: LonLat, [lon1, lat1]: LonLat): number {
  const east = (lon1 - lon0) * Math.cos(rad((lat0 + lat1) / 2));
  return ((Math.atan2(east, lat1 - lat0) * 180) / Math.PI + 360) % 360;
}

export interface Plane {
  readonly x: number;
  readonly y: number;
}

/** In meters around a place: flat enough for a town. */
export function planeAround(origin: LonLat): (at: LonLat) => Plane {
  const y_m = apart(origin, [origin[0], origin[1] + 0.01]) * 100;
  const x_m = y_m * Math.cos(rad(origin[1]));
  return ([lon, lat]) => ({ x: (lon - origin[0]) * x_m, y: (lat - origin[1]) * y_m });
}

/** How far it is to a line, straight. */
export function toLine(from: LonLat, line: readonly LonLat[]): number {
  const flat = planeAround(from);
  const points = line.map(flat);
  let least = Number.POSITIVE_INFINITY;
  points.forEach((a, i) => {
    const b = points[i + 1] ?? a;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const length2 = dx * dx + dy * dy;
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(a.x * dx + a.y * dy) / length2));
    least = Math.min(least, Math.hypot(a.x + share * dx, a.y + share * dy));
  });
  return least;
}

/** The eight winds, counted from north. */
export const windOf = (degrees: number) => Math.round(degrees / 45) % 8;
