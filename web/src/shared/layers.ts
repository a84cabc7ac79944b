// The parts of the map that a reader can switch, in the order of the layers panel.
export const LAYERS = ['banks', 'villages', 'equipment', 'crossings', 'names', 'ground', 'base'] as const;
export type Layer = (typeof LAYERS)[number];

export interface Camera {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}
