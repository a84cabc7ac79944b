// What the parts of the register that are opened later and live on are made of: a store, what they draw on the map, what is tapped there.
import { computed, effect, type Signal, signal, untracked } from '@preact/signals';
import type { Drawn, Proposed } from '../../map/scene.ts';
import type { LonLat } from '../../shared/contract.ts';
import type { Store } from '../store.ts';
import type { View } from './state.ts';
import type { DeskStore } from './store.ts';

export interface PartStore<State, Event> {
  readonly state: Signal<State>;
  dispatch(event: Event): void;
}

/** A part's state, and the one way to change it. */
export function partStore<State, Event>(
  first: State,
  next: (state: State, event: Event) => State,
): PartStore<State, Event> {
  const state = signal(first);
  return {
    state,
    dispatch(event) {
      state.value = next(state.peek(), event);
    },
  };
}

/** Draws on the map while a view of the register is looked at; what others show there in the meantime is left alone. */
export function drawWhile(
  view: View,
  desk: DeskStore,
  planner: Store,
  drawn: () => readonly (Proposed | Drawn)[],
): void {
  const isShown = computed(() => desk.state.value.view === view && desk.state.value.account !== null);
  const wanted = computed(() => (isShown.value ? drawn() : []));
  let hasShown = false;
  effect(() => {
    const proposed = wanted.value;
    if (proposed.length === 0 && !hasShown) return;
    hasShown = proposed.length > 0;
    untracked(() => planner.dispatch({ is: 'proposed', proposed }));
  });
}

/** From now on a tap on the map says where; or no longer. */
export const pickOn = (planner: Store, picks: boolean) =>
  planner.dispatch({ is: 'modeSet', mode: { what: picks ? 'mark' : 'look' } });

/** While one picks, what is marked on the map is what was asked for, and the next tap may say another. Returns how to stop. */
export function picking(
  planner: Store,
  picks: () => boolean,
  picked: (at: LonLat) => void,
  stopped: () => void,
): () => void {
  return effect(() => {
    const { mode, marked } = planner.state.value;
    if (!picks() || (mode.what === 'mark' && marked === null)) return;
    untracked(() => {
      if (marked === null) {
        stopped();
        return;
      }
      picked(marked);
      planner.dispatch({ is: 'marked', at: null });
      pickOn(planner, picks());
    });
  });
}
