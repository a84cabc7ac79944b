// Which column of a table holds what, as somebody says it.
import type { Column } from '../../../shared/contract.ts';

/** What a table of equipment can say, in the order in which it is asked for; the first two are needed. */
export const COLUMNS = [
  'lon',
  'lat',
  'id',
  'kind',
  'condition',
  'name',
  'village',
  'inspected_on',
  'note',
  'code',
] as const;
export type ColumnName = (typeof COLUMNS)[number];
export const NEEDED: readonly ColumnName[] = ['lon', 'lat'];

/** The table's own header by what it holds. */
export type Chosen = Readonly<Partial<Record<ColumnName, string>>>;

/** As the table was read. */
export function chosenOf(columns: readonly Column[]): Chosen {
  const read = COLUMNS.flatMap((name) => {
    const column = columns.find(({ read_as }) => read_as === name);
    return column === undefined ? [] : [[name, column.header]];
  });
  return Object.fromEntries(read);
}

/** A column holds one thing: chosen for another, it is let go where it was. An empty header stands for none. */
export function choose(chosen: Chosen, name: ColumnName, header: string): Chosen {
  const others = Object.entries(chosen).filter(([other, own]) => other !== name && own !== header);
  return { ...Object.fromEntries(others), ...(header === '' ? {} : { [name]: header }) };
}

export const isEnough = (chosen: Chosen) => NEEDED.every((name) => chosen[name] !== undefined);
