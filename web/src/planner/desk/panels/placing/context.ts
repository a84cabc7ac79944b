// What the panels of proposed places are given: what is known, and what can be done.
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PlacingDeeds } from '../../placing/effects.ts';
import type { PlacingState } from '../../placing/state.ts';

export interface AtPlacing {
  readonly state: ReadonlySignal<PlacingState>;
  readonly can: Omit<PlacingDeeds, 'watch'>;
}

export const PlacingContext = createContext<AtPlacing | null>(null);

function useAtPlacing(): AtPlacing {
  const placing = useContext(PlacingContext);
  if (placing === null) throw new Error('a panel of proposed places outside of it');
  return placing;
}

export const usePlacing = () => useAtPlacing().can;

/** A part of what is known; the panel is drawn again only when it changes. */
export function usePlaced<T>(part: (state: PlacingState) => T): T {
  const { state } = useAtPlacing();
  const watched = useComputed(() => part(state.value));
  watched.value;
  return part(state.peek());
}
