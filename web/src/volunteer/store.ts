// The page's one state, and the one way to change it.
import { type Signal, signal } from '@preact/signals';
import { next } from './next.ts';
import type { Event, State } from './state.ts';

export interface Store {
  readonly state: Signal<State>;
  dispatch(event: Event): void;
}

export function storeOf(first: State): Store {
  const state = signal(first);
  return {
    state,
    dispatch(event) {
      state.value = next(state.value, event);
    },
  };
}
