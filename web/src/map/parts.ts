// The order in which the map is drawn, from the ground up: one list, and every layer of the style is in it.
export const PARTS = [
  'land',
  'base',
  'village-fill',
  'water',
  'water-line',
  'buildings',
  'path-casing',
  'paths',
  'village-line',
  'gap-halo',
  'bank-casing',
  'banks',
  'banks-no-way',
  'village-hover',
  'village-chosen',
  'equipment-dots',
  'water-names',
  'village-names',
  'crossings',
  'equipment',
  'straight',
  'route-casing',
  'route',
  'piece',
  'place',
] as const;
export type Part = (typeof PARTS)[number];

/** Puts layers into the drawing order. Throws on a layer that is not in the list: it would be drawn anywhere. */
export function inOrder<L extends { id: string }>(layers: readonly L[]): L[] {
  const stray = layers.find(({ id }) => !PARTS.includes(id as Part));
  if (stray !== undefined) throw new Error(`layer ${stray.id} has no place in the drawing order`);
  const place = (layer: L) => PARTS.indexOf(layer.id as Part);
  return [...layers].sort((a, b) => place(a) - place(b));
}
