// The state of the register's part of the page, and the one way to change it.
import { type Signal, signal } from '@preact/signals';
import { next } from './next.ts';
import { type DeskEvent, type DeskState, NOBODY } from './state.ts';

export interface DeskStore {
  readonly state: Signal<DeskState>;
  dispatch(event: DeskEvent): void;
}

export function deskStore(first: DeskState = NOBODY): DeskStore {
  const state = signal(first);
  return {
    state,
    dispatch(event) {
      state.value = next(state.value, event);
    },
  };
}
