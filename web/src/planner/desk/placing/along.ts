// The lines of bank where nothing can stand, as far as the page knows them: from the gaps that lie along it.
import type { Gap, LonLat } from '../../../shared/contract.ts';
import { apart } from '../../../shared/places.ts';
import type { Stretch } from './state.ts';

type Line = readonly LonLat[];

/** Of the gaps along the stretch, when it was named and now, what is within it. */
export function linesOf({ bank, from_m, to_m, along = [] }: Stretch, gaps: readonly Gap[]): readonly Line[] {
  return [...new Set([...along, ...gaps])].flatMap(({ geometry, properties: gap }) => {
    if (gap.bank !== bank) return [];
    const line = cut(geometry.coordinates as LonLat[], gap.from_m, gap.to_m, from_m, to_m);
    return line.length < 2 ? [] : [line];
  });
}

/** Of a line that begins and ends so far along its bank, the part between two such meters. */
function cut(line: Line, begins_m: number, ends_m: number, from_m: number, to_m: number): Line {
  const lengths = line.slice(1).map((to, i) => apart(line[i] ?? to, to));
  // The service measures on the ellipsoid: what is at the ends agrees, and what is between nearly.
  const scale = (ends_m - begins_m) / lengths.reduce((sum, m) => sum + m, 0);
  const part: LonLat[] = [];
  let at_m = begins_m;
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [line[i], line[i + 1]];
    const next_m = i === lengths.length - 1 ? ends_m : at_m + length * scale;
    const [least, most] = [Math.max(from_m, at_m), Math.min(to_m, next_m)];
    if (a !== undefined && b !== undefined && least < most) {
      const between = (m: number): LonLat => {
        const share = (m - at_m) / (next_m - at_m);
        return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
      };
      if (part.length === 0) part.push(between(least));
      part.push(between(most));
    }
    at_m = next_m;
  }
  return part;
}
