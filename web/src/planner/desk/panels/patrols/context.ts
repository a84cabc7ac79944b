// What the panels of evening patrols are given: what is known, and what can be done.
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PatrolDeeds } from '../../patrols/effects.ts';
import type { PatrolState } from '../../patrols/state.ts';

interface AtPatrols {
  readonly state: ReadonlySignal<PatrolState>;
  readonly can: Omit<PatrolDeeds, 'watch'>;
}

export const PatrolsContext = createContext<AtPatrols | null>(null);

function useAtPatrols(): AtPatrols {
  const patrols = useContext(PatrolsContext);
  if (patrols === null) throw new Error('a panel of evening patrols outside of it');
  return patrols;
}

export const usePatrols = () => useAtPatrols().can;

/** A part of what is known; the panel is drawn again only when it changes. */
export function usePatrol<T>(part: (state: PatrolState) => T): T {
  const { state } = useAtPatrols();
  const watched = useComputed(() => part(state.value));
  watched.value;
  return part(state.peek());
}
