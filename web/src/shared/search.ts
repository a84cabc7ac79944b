// Searching what the page has loaded: villages, waters, equipment, coordinates.
import type { Bounds, CoverageRow, Equipment, LonLat } from './contract.ts';
import { placeFromText } from './places.ts';

export type Hit =
  | { readonly what: 'place'; readonly at: LonLat }
  | { readonly what: 'village'; readonly id: string; readonly name: string; readonly code: string | null }
  | { readonly what: 'water'; readonly id: string; readonly name: string; readonly bounds: Bounds }
  | { readonly what: 'piece'; readonly id: string; readonly name: string };

export interface Searched {
  readonly villages: readonly CoverageRow[];
  readonly waters: readonly CoverageRow[];
  readonly equipment: readonly Equipment[];
  readonly area: Bounds | null;
}

const MOST = 8;

/** Best first: coordinates, then names that begin with the text, then names that hold it. */
export function hits(text: string, among: Searched): Hit[] {
  const sought = text.trim().toLowerCase();
  if (sought === '') return [];
  const place = placeFromText(text, among.area);
  const named: { hit: Hit; name: string }[] = [
    ...among.villages.map(({ id, name, code }) => ({
      hit: { what: 'village', id, name: name ?? id, code } as const,
      name: `${name ?? ''} ${code ?? ''}`,
    })),
    ...among.waters.flatMap(({ id, name, bounds }) =>
      bounds === null || !name ? [] : [{ hit: { what: 'water', id, name, bounds } as const, name }],
    ),
    ...among.equipment.map(({ properties: p }) => ({
      hit: { what: 'piece', id: p.id, name: p.code ?? p.id } as const,
      name: `${p.code ?? ''} ${p.id} ${p.name ?? ''}`.trim(),
    })),
  ];
  const found = named.filter(({ name }) => name.toLowerCase().includes(sought));
  const begins = ({ name }: { name: string }) => (name.toLowerCase().startsWith(sought) ? 0 : 1);
  found.sort((a, b) => begins(a) - begins(b));
  const places: Hit[] = place === null ? [] : [{ what: 'place', at: place }];
  return [...places, ...found.map(({ hit }) => hit)].slice(0, MOST);
}
