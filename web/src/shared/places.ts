// Places on the earth, as far as the page needs them: small steps in meters, coordinates as people type them.
import type { Position } from 'geojson';
import type { Bounds, LonLat } from './contract.ts';

const METERS_PER_DEGREE = 111_195;

/** The place so many meters east and north of this one; good to a millimeter over a few kilometers. */
export function shifted([lon, lat]: LonLat, east_m: number, north_m: number): LonLat {
  const east = east_m / (METERS_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  return [lon + east, lat + north_m / METERS_PER_DEGREE];
}

/** Straight distance in meters, good to 0.5 % over the size of a county. */
export function apart([lon0, lat0]: LonLat, [lon1, lat1]: LonLat): number {
  const middle = (((lat0 + lat1) / 2) * Math.PI) / 180;
  return METERS_PER_DEGREE * Math.hypot((lon1 - lon0) * Math.cos(middle), lat1 - lat0);
}

/** To a centimeter: what a place looks like in the address and to the service. */
/** Along a line, and back to its beginning if it is a ring; meters. */
export function lengthOf(line: readonly LonLat[], isRing: boolean): number {
  const ends = isRing ? [...line.slice(1), ...line.slice(0, 1)] : line.slice(1);
  return ends.reduce((sum, to, i) => sum + apart(line[i] ?? to, to), 0);
}

export function rounded([lon, lat]: LonLat): LonLat {
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

export function isInside([lon, lat]: LonLat, [west, south, east, north]: Bounds): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

/**
 * Reads `47.14, 9.52` (latitude first, as people write it) and `9.52, 47.14`, by which of the two lies in the
 * area; latitude first where that does not tell. Full-width commas and degree signs are fine.
 */
export function placeFromText(text: string, area: Bounds | null): LonLat | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,，;；\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = Number(match[2]);
  const latFirst: LonLat = [second, first];
  const lonFirst: LonLat = [first, second];
  const areReal = [latFirst, lonFirst].filter(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
  return areReal.find((place) => area !== null && isInside(place, area)) ?? areReal[0] ?? null;
}

/** `47.14000, 9.52000`: latitude first, as map programs and phones take it. */
export function placeText([lon, lat]: LonLat): string {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

export function boundsOf(lines: readonly (readonly Position[])[]): Bounds | null {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = Number.NaN, lat = Number.NaN] of lines.flat()) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds[0] <= bounds[2] ? bounds : null;
}

/** The vertex in the middle of a line: always on the line itself. */
export function middleOf(line: readonly Position[]): LonLat {
  const [lon = 0, lat = 0] = line[Math.floor(line.length / 2)] ?? [];
  return [lon, lat];
}
