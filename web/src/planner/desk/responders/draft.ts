// What is being said of somebody who may be called, what was changed of that, and how it stands against what others said.
import type { LonLat } from '../../../shared/contract.ts';
import { rounded } from '../../../shared/places.ts';
import type { Responder, ResponderEdit, ResponderKind, Travel } from '../../../shared/responders.ts';
import type { Words } from '../../../shared/words.ts';

/** An empty text says nothing. */
export interface Fields {
  readonly kind: ResponderKind;
  readonly name: string;
  readonly group: string;
  readonly village: string;
  readonly phone: string;
  readonly travel: Travel;
  /** From where they set off; `null` until it is said. */
  readonly home: LonLat | null;
  /** `always`, `never`, or hours like `18:00-21:00`. */
  readonly duty: string;
  readonly note: string;
}
export type Field = keyof Fields;
export const FIELDS = [
  'kind',
  'name',
  'group',
  'village',
  'phone',
  'travel',
  'home',
  'duty',
  'note',
] as const satisfies readonly Field[];

export const NOBODY_YET: Fields = {
  kind: 'volunteer',
  name: '',
  group: '',
  village: '',
  phone: '',
  travel: 'foot',
  home: null,
  duty: 'always',
  note: '',
};

export const fieldsOf = (one: Responder): Fields => ({
  kind: one.kind,
  name: one.name ?? '',
  group: one.group ?? '',
  village: one.village ?? '',
  phone: one.phone ?? '',
  travel: one.travel,
  home: rounded(one.home),
  duty: one.duty,
  note: one.note ?? '',
});

const textOf = (fields: Fields, field: Field) => String(fields[field] ?? '').trim();

export const changed = (from: Fields, to: Fields): Field[] =>
  FIELDS.filter((field) => textOf(from, field) !== textOf(to, field));

/** What somebody else's version has now, with one's own changes on it. */
export function rebased(base: Fields, theirs: Fields, mine: Fields): Fields {
  const ours = changed(base, mine).map((field) => [field, mine[field]]);
  return { ...theirs, ...Object.fromEntries(ours) };
}

/** The hours of a day as they are typed; `null` where they are none. */
export function hoursOf(duty: string): readonly [from: string, to: string] | null {
  const [from, to] = duty.split('-');
  return from === undefined || to === undefined ? null : [from, to];
}

/** Why it cannot be saved yet. */
export function lacks({ home, duty }: Fields): 'home' | 'duty' | null {
  if (home === null) return 'home';
  const hours = hoursOf(duty);
  const isWrong = hours !== null && (hours[0] === hours[1] || hours.includes(''));
  return isWrong ? 'duty' : null;
}

const said = (text: string) => (text.trim() === '' ? null : text.trim());

/** As the service takes it: whole. `null` as long as nobody has said from where they set off. */
export function editOf(fields: Fields): ResponderEdit | null {
  const { kind, travel, home, duty } = fields;
  if (home === null) return null;
  return {
    kind,
    name: said(fields.name),
    group: said(fields.group),
    village: said(fields.village),
    phone: said(fields.phone),
    travel,
    home,
    duty,
    note: said(fields.note),
  };
}

/** What they are called; a station may have no name of its own. */
export const nameOf = (t: Words, { name, kind, village }: Pick<Responder, 'name' | 'kind' | 'village'>) =>
  name ?? [t(`deskResponderKind_${kind}`), village].filter(Boolean).join(' · ');
