// The classes of reach: one table that both the map's style and the legend are made from. Colors and widths were
// chosen for contrast on the pale map and for readers who do not see red and green alike.
import type { Key } from './words.ts';

export type ClassName = 'within' | 'far' | 'veryFar' | 'noWay' | 'gained' | 'lost';

export interface ReachClass {
  readonly name: ClassName;
  readonly color: string;
  /** Pixels, close up. */
  readonly width: number;
  /** In line widths; `null` for a solid line. */
  readonly dash: readonly [number, number] | null;
  readonly word: Key;
}

export const WITHIN: ReachClass = {
  name: 'within',
  color: '#1845bc',
  width: 2,
  dash: null,
  word: 'classWithin',
};
export const FAR: ReachClass = { name: 'far', color: '#be800c', width: 3, dash: null, word: 'classFar' };
export const VERY_FAR: ReachClass = {
  name: 'veryFar',
  color: '#9c2a17',
  width: 5,
  dash: null,
  word: 'classVeryFar',
};
export const NO_WAY: ReachClass = {
  name: 'noWay',
  color: '#56183b',
  width: 5,
  dash: [2, 1],
  word: 'classNoWay',
};
/** What the what-ifs bring within reach, and what they lose: drawn over the others. */
export const GAINED: ReachClass = {
  name: 'gained',
  color: '#1845bc',
  width: 4,
  dash: null,
  word: 'classGained',
};
export const LOST: ReachClass = { name: 'lost', color: '#9c2a17', width: 4, dash: [1, 1], word: 'classLost' };

export const REACH_CLASSES = [WITHIN, FAR, VERY_FAR, NO_WAY] as const;
/** What an import would do to the register. */
export const PROPOSED = { added: '#0b7a43', changed: '#1f5fa8', skipped: '#8a5a00' } as const;

export const CHANGE_CLASSES = { covered: GAINED, uncovered: LOST } as const;

export const PALETTE = {
  land: '#f7f5f0',
  water: '#a9d3e6',
  waterLine: '#8fc2da',
  building: '#ded8cf',
  path: '#ffffff',
  pathCasing: '#cfc9bf',
  casing: '#ffffff',
  ink: '#1d2a2e',
  halo: '#ffffff',
  villageLine: '#6b4a86',
  route: '#10302f',
  chosen: '#ffd23f',
} as const;

/** Five purples, by the share of bank that is too far: up to each bound. */
export const VILLAGE_SHADES: readonly { readonly upTo: number; readonly color: string }[] = [
  { upTo: 0.2, color: '#f1eaf6' },
  { upTo: 0.4, color: '#d9c5e8' },
  { upTo: 0.6, color: '#bb98d4' },
  { upTo: 0.8, color: '#9a6bbd' },
  { upTo: 1, color: '#743f9c' },
];
