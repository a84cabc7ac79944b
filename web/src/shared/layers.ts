// The parts of the map that a reader can switch, in the order of the layers panel.
export const LAYERS = ['banks', 'villages', 'equipment', 'crossings', 'names', 'ground', 'base'] as const;
export type Layer = (typeof LAYERS)[number];

/** How strongly banks and villages cover what is below them, in percent; fainter than the least reads as switched off. */
export const OPACITY = { least: 20, most: 100, step: 10 } as const;

export interface Camera {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}
