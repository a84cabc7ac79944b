// What becomes of a pin that is moved on the map: a what-if pole, the piece that is being edited, or a corner of what is
// drawn, which are told apart by what stands on them.
import type { PinHooks } from '../map/pins.ts';
import { shifted } from '../shared/places.ts';
import { MARK } from './seen.ts';
import type { Store } from './store.ts';

export function pinHooks({ state, dispatch }: Store): PinHooks {
  const isWhatIf = (letter: string) => letter !== MARK && cornerOf(letter) === null;
  return {
    dragged(letter, at) {
      const corner = cornerOf(letter);
      if (corner !== null) dispatch({ is: 'cornerMoved', corner, at });
      else dispatch(letter === MARK ? { is: 'marked', at } : { is: 'dragged', letter, at });
    },
    dropped: (letter) => isWhatIf(letter) && dispatch({ is: 'dropped', letter }),
    chosen: (letter) =>
      isWhatIf(letter) && dispatch({ is: 'selected', selection: { what: 'whatIf', letter } }),
    nudged(letter, east_m, north_m) {
      const corner = cornerOf(letter);
      const at = corner === null ? undefined : state.peek().sketch?.line[corner];
      if (corner !== null && at !== undefined) {
        dispatch({ is: 'cornerMoved', corner, at: shifted(at, east_m, north_m) });
      } else {
        dispatch(
          letter === MARK ? { is: 'markNudged', east_m, north_m } : { is: 'nudged', letter, east_m, north_m },
        );
      }
    },
    removed(letter) {
      const corner = cornerOf(letter);
      if (corner !== null) dispatch({ is: 'cornerMoved', corner, at: null });
      else if (letter !== MARK) dispatch({ is: 'removed', letter });
    },
  };
}

/** Corners are numbered from 1, where what-ifs have letters. */
function cornerOf(letter: string): number | null {
  return /^\d+$/.test(letter) ? Number(letter) - 1 : null;
}
