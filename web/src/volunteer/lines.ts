// What the map draws of the way: how far the patrol is, what was seen, and what is left. Pure.
import type { Drawn, Proposed } from '../map/scene.ts';
import { ownRun } from './next.ts';
import { wayOf } from './pack.ts';
import { nextStop } from './run.ts';
import { hasBegun, seenNow, seenOf } from './seen.ts';
import type { State } from './state.ts';

const WAY = '#00736d';
const NEXT = '#b01c7a';
const DONE = '#5d686b';
const SEEN = '#8aa5a1';

/** The way, its stretches by how far the patrol is, and their numbers. */
export function linesOf(state: State): readonly (Drawn | Proposed)[] {
  const way = wayOf(state.pack?.value ?? null);
  if (way === null) return [];
  const run = ownRun(state);
  const coming = nextStop(way, run);
  const look = (stretch: string) => (run.done.has(stretch) ? DONE : stretch === coming?.stretch ? NEXT : WAY);
  const seen = seenNow(state);
  const told = seen !== null && hasBegun(seen) ? seen : null;
  return [
    ...way.stops.flatMap(({ line, stretch }): Drawn[] => {
      const stop = seenOf(told, stretch);
      const whole = {
        line,
        color: look(stretch),
        width: stretch === coming?.stretch ? 8 : 6,
        dash: run.done.has(stretch) ? [1, 1] : null,
      };
      if (stop === null) return [whole];
      // What is left is drawn strongly, unless somebody has said why it is; what was seen lightly.
      const isSkipped = run.done.get(stretch)?.skipped != null || stop.skipped !== null;
      const left = { color: stretch === coming?.stretch ? NEXT : WAY, width: 9, dash: null };
      return [
        { line, color: SEEN, width: 3, dash: isSkipped ? [1, 1] : null },
        ...(isSkipped ? [] : stop.left.map((line) => ({ ...left, line }))),
      ];
    }),
    { line: way.line, color: WAY, width: 2.5, dash: null },
    ...way.stops.flatMap(({ line, rank, stretch }): Proposed[] => {
      const at = line[Math.floor(line.length / 2)];
      const isSmall = stretch !== coming?.stretch;
      return at === undefined ? [] : [{ at, is: 'added', rank, color: look(stretch), isSmall }];
    }),
  ];
}
