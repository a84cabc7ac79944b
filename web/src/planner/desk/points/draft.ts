// What is being said of a rescue point: its name, its place, its pieces, and what was changed of them.
import type { Equipment, LonLat, NewPoint, PointEdit, RescuePoint } from '../../../shared/contract.ts';
import { apart, rounded } from '../../../shared/places.ts';

/** An empty text says nothing. */
export interface PointFields {
  readonly name: string;
  readonly note: string;
  readonly at: LonLat;
  /** The ids of its pieces. */
  readonly pieces: readonly string[];
}
export type PointField = keyof PointFields;
const POINT_FIELDS = ['name', 'note', 'at', 'pieces'] as const satisfies readonly PointField[];

/** Pieces that stand so near to a new rescue point belong to it unless something else is said: as the service has it. */
export const BESIDE_M = 15;
/** Pieces that stand farther away are not offered. */
const NEAR_M = 60;
const MOST_OFFERED = 12;

export function pointFieldsOf({ geometry, properties: p }: RescuePoint): PointFields {
  const [lon = 0, lat = 0] = geometry.coordinates;
  return { name: p.name, note: p.note ?? '', at: rounded([lon, lat]), pieces: p.pieces };
}

function isSame(a: PointFields, b: PointFields, field: PointField): boolean {
  switch (field) {
    case 'at':
      return rounded(a.at).join() === rounded(b.at).join();
    case 'pieces':
      return [...a.pieces].sort().join() === [...b.pieces].sort().join();
    case 'name':
    case 'note':
      return a[field].trim() === b[field].trim();
  }
}

export function pointChanged(from: PointFields, to: PointFields): PointField[] {
  return POINT_FIELDS.filter((field) => !isSame(from, to, field));
}

const said = (text: string) => (text.trim() === '' ? null : text.trim());

/** As the service takes it: only what was changed. */
export function pointEditOf(from: PointFields, to: PointFields): PointEdit {
  const edit: PointEdit = {};
  for (const field of pointChanged(from, to)) {
    if (field === 'name') edit.name = to.name.trim();
    else if (field === 'note') edit.note = said(to.note);
    else if (field === 'at') edit.at = to.at;
    else edit.pieces = [...to.pieces];
  }
  return edit;
}

/** Without pieces, the service takes those that stand beside it. */
export function newPointOf(
  name: string,
  note: string,
  at: LonLat,
  pieces: readonly string[] | null,
): NewPoint {
  return {
    name: name.trim(),
    at,
    ...(said(note) === null ? {} : { note: said(note) }),
    ...(pieces === null ? {} : { pieces: [...pieces] }),
  };
}

export interface Offered {
  readonly piece: Equipment;
  readonly away_m: number;
}

/** The pieces that may belong to a rescue point: its own, and those near it that belong to no other; the nearest first. */
export function offeredTo(
  at: LonLat,
  own: readonly string[],
  pieces: readonly Equipment[],
  taken: ReadonlySet<string>,
): Offered[] {
  const all = pieces
    .map((piece) => ({ piece, away_m: apart(at, piece.geometry.coordinates as LonLat) }))
    .sort((a, b) => a.away_m - b.away_m);
  const isOwn = ({ piece }: Offered) => own.includes(piece.properties.id);
  const near = all.filter(
    (one) => !isOwn(one) && one.away_m <= NEAR_M && !taken.has(one.piece.properties.id),
  );
  return [...all.filter(isOwn), ...near.slice(0, MOST_OFFERED)].sort((a, b) => a.away_m - b.away_m);
}

/** The pieces that other rescue points than this one have. */
export function takenFrom(points: readonly RescuePoint[], id: string | null): Set<string> {
  return new Set(points.flatMap(({ properties: p }) => (p.id === id ? [] : p.pieces)));
}
