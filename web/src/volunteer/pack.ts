// What is read off the pack: which map tiles its way needs, what has changed in it, its links. Pure.
import type { LonLat, Notice } from '../shared/contract.ts';
import {
  gpxPath,
  type Member,
  type Pack,
  type Piece,
  type Stop,
  type Wanted,
  type Way,
} from '../shared/duty.ts';
import { apart, boundsOf, shifted } from '../shared/places.ts';

export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** From the whole way on one screen to the closest look that has tiles. */
const ZOOMS = [11, 12, 13, 14, 15, 16] as const;
const MARGIN_M = 250;

export function tileAt([lon, lat]: LonLat, z: number): Tile {
  const n = 2 ** z;
  const phi = (lat * Math.PI) / 180;
  const y = (1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2;
  const within = (share: number) => Math.min(n - 1, Math.max(0, Math.floor(share * n)));
  return { z, x: within((lon + 180) / 360), y: within(y) };
}

/** The tiles along a line with what is around it, the widest first. */
export function tilesAlong(line: readonly LonLat[]): readonly Tile[] {
  const found = new Map<string, Tile>();
  const corners = [-MARGIN_M, 0, MARGIN_M];
  for (const z of ZOOMS) {
    for (const at of closely(line)) {
      for (const east_m of corners) {
        for (const north_m of corners) {
          const tile = tileAt(shifted(at, east_m, north_m), z);
          found.set(`${z}/${tile.x}/${tile.y}`, tile);
        }
      }
    }
  }
  return [...found.values()];
}

/** No two points farther apart than the margin. */
function closely(line: readonly LonLat[]): readonly LonLat[] {
  return line.flatMap((at, i) => {
    const to = line[i + 1];
    if (to === undefined) return [at];
    const steps = Math.max(1, Math.ceil(apart(at, to) / MARGIN_M));
    return Array.from({ length: steps }, (_, k): LonLat => {
      const share = k / steps;
      return [at[0] + (to[0] - at[0]) * share, at[1] + (to[1] - at[1]) * share];
    });
  });
}

export const tileUrl = (template: string, { z, x, y }: Tile) =>
  template.replace('{z}', `${z}`).replace('{x}', `${x}`).replace('{y}', `${y}`);

export const wayOf = (pack: Pack | null): Way | null => pack?.patrol?.way ?? null;

export const boundsOfWay = (way: Way) => boundsOf([way.line, ...way.stops.map(({ line }) => line)]);

/** The others of the team. */
export const partners = (pack: Pack): readonly Member[] =>
  (pack.duty?.members ?? []).filter(({ is_me }) => !is_me);

export const hasPlan = (pack: Pack | null) =>
  pack !== null && (pack.duty !== null || (pack.patrol !== null && pack.patrol.way.stops.length > 0));

/** Evenings that others hand over; a pack that an older page has kept knows none. */
export const wantedOf = (pack: Pack): readonly Wanted[] => pack.wanted ?? [];

const BAD_FIRST: readonly Notice['severity'][] = ['extreme', 'severe', 'moderate', 'minor'];

/** What people are warned of at a moment, the worst first; by the phone's own clock, so that it holds without a line. */
export function inForce(pack: Pack, now_ms: number): readonly Notice[] {
  // A pack that an older page has kept knows none.
  const now = (pack.notices ?? []).filter(
    ({ from, until }) => Date.parse(from) <= now_ms && now_ms < Date.parse(until),
  );
  return now.sort((a, b) => BAD_FIRST.indexOf(a.severity) - BAD_FIRST.indexOf(b.severity));
}

export interface Change {
  /** `null`: none was published yet. */
  readonly from: number | null;
  /** `null`: taken back. */
  readonly to: number | null;
  readonly added: number;
  readonly gone: number;
  /** Somebody else goes, as was asked for. */
  readonly is_taken_over: boolean;
}

/** What is new in a pack against the one that was seen; `null` where the plan is the same, or was none. */
export function changeOf(seen: Pack | null, now: Pack): Change | null {
  if (seen === null || seen.day !== now.day || seen.region !== now.region) return null;
  const is_taken_over = seen.duty?.answer === 'hands_over' && now.duty === null;
  if (is_taken_over) return { from: seen.patrol?.number ?? null, to: null, added: 0, gone: 0, is_taken_over };
  if (seen.patrol === null || seen.patrol.number === now.patrol?.number) return null;
  const before = new Set(seen.patrol.way.stops.map(({ stretch }) => stretch));
  const after = new Set((now.patrol?.way.stops ?? []).map(({ stretch }) => stretch));
  return {
    from: seen.patrol.number,
    to: now.patrol?.number ?? null,
    added: [...after].filter((stretch) => !before.has(stretch)).length,
    gone: [...before].filter((stretch) => !after.has(stretch)).length,
    is_taken_over,
  };
}

/** The pieces to look at on a stretch. */
export const piecesAt = (pack: Pack, stop: Stop): readonly Piece[] =>
  stop.inspect.flatMap((id) => pack.equipment.find((piece) => piece.id === id) ?? []);

/** `19:00` and how many seconds later, by the clock. */
export function clock(begins: string | null, after_s: number): string | null {
  if (begins === null) return null;
  const [hour = 0, minute = 0] = begins.split(':').map(Number);
  const minutes = (hour * 60 + minute + Math.floor(after_s / 60)) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What to take along: a file that needs a line, a sheet that does not, and a calendar of all evenings. */
export interface Link {
  readonly word: 'gpx' | 'print' | 'calendar';
  /** `null`: it is opened here. */
  readonly href: string | null;
}

export const linksOf = ({ region, day, patrol, volunteer }: Pack): readonly Link[] => [
  ...(patrol === null ? [] : [{ word: 'gpx', href: gpxPath(region, day) } as const]),
  ...(patrol === null ? [] : [{ word: 'print', href: null } as const]),
  ...(volunteer === null ? [] : [{ word: 'calendar', href: null } as const]),
];
