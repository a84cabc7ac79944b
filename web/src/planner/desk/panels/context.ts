// What the register's panels are given: their state, and what signed-in people can do.
import { useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Deeds } from '../effects.ts';
import type { DeskState } from '../state.ts';
import type { DeskStore } from '../store.ts';

export interface AtDesk {
  readonly store: DeskStore;
  readonly deeds: Deeds;
}

export const DeskContext = createContext<AtDesk | null>(null);

export function useAtDesk() {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('a panel of the register outside of it');
  return { tell: desk.store.dispatch, can: desk.deeds };
}

/** A part of the register's state; the panel is drawn again only when it changes. */
export function useDeskPart<T>(part: (state: DeskState) => T): T {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('a panel of the register outside of it');
  const { state } = desk.store;
  const watched = useComputed(() => part(state.value));
  watched.value;
  return part(state.peek());
}
