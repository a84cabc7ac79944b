// What is being said of a piece: its fields, what was changed of them, and how that stands against what others said.
import type { Condition, Equipment, Kind, LonLat, NewPiece, PieceEdit } from '../../shared/contract.ts';
import { rounded } from '../../shared/places.ts';

/** An empty text says nothing. */
export interface Fields {
  readonly kind: Kind;
  readonly condition: Condition;
  readonly at: LonLat;
  readonly name: string;
  readonly inspected_on: string;
  readonly note: string;
}
export type Field = keyof Fields;
export const FIELDS = ['kind', 'condition', 'at', 'name', 'inspected_on', 'note'] as const;

export function fieldsOf({ geometry, properties: p }: Equipment): Fields {
  const [lon = 0, lat = 0] = geometry.coordinates;
  return {
    kind: p.kind,
    condition: p.condition,
    at: rounded([lon, lat]),
    name: p.name ?? '',
    inspected_on: p.inspected_on ?? '',
    note: p.note ?? '',
  };
}

export function isSame(a: Fields, b: Fields, field: Field): boolean {
  return field === 'at' ? rounded(a.at).join() === rounded(b.at).join() : a[field] === b[field];
}

export function changed(from: Fields, to: Fields): Field[] {
  return FIELDS.filter((field) => !isSame(from, to, field));
}

const said = (text: string) => (text.trim() === '' ? null : text.trim());

/** As the service takes it: only what was changed, null where what was said is taken away. */
export function editOf(from: Fields, to: Fields): PieceEdit {
  const edit: PieceEdit = {};
  for (const field of changed(from, to)) {
    if (field === 'kind') edit.kind = to.kind;
    else if (field === 'condition') edit.condition = to.condition;
    else if (field === 'at') edit.at = to.at;
    else edit[field] = said(to[field]);
  }
  return edit;
}

export function newPieceOf(fields: Fields): NewPiece {
  const { kind, at, condition } = fields;
  return {
    kind,
    at,
    condition,
    ...(said(fields.name) === null ? {} : { name: said(fields.name) }),
    ...(said(fields.inspected_on) === null ? {} : { inspected_on: said(fields.inspected_on) }),
    ...(said(fields.note) === null ? {} : { note: said(fields.note) }),
  };
}

/** What somebody else's version has now, with one's own changes on it. */
export function rebased(base: Fields, theirs: Fields, mine: Fields): Fields {
  const ours = changed(base, mine).map((field) => [field, mine[field]]);
  return { ...theirs, ...Object.fromEntries(ours) };
}

export interface Difference {
  readonly field: Field;
  /** Whether oneself has changed it; if not, it stays as they said. */
  readonly is_mine: boolean;
}

/** Where two versions of a piece differ that both came from `base`. */
export function differences(base: Fields, theirs: Fields, mine: Fields): Difference[] {
  return changed(theirs, mine).map((field) => ({ field, is_mine: !isSame(base, mine, field) }));
}
