// What is drawn on the map, as the service takes it.
import type { LonLat, NewCorrection } from '../../../shared/contract.ts';
import type { Sketched } from '../state.ts';

/** A line has two corners at least, a bank three. */
export const leastCorners = (what: Sketched['what']): number => (what === 'water' ? 3 : 2);

export function drawn({ what, kind, name }: Sketched, line: readonly LonLat[]): NewCorrection {
  const named = name.trim() === '' ? {} : { name: name.trim() };
  return what === 'water'
    ? ({ what, kind, outline: [...line], ...named } as NewCorrection)
    : ({ what: 'path', kind, bridge: what === 'bridge', line: [...line], ...named } as NewCorrection);
}
