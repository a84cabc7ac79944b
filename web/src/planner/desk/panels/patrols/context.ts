// What the panels of evening patrols are given.
import type { PatrolDeeds } from '../../patrols/effects.ts';
import type { PatrolState } from '../../patrols/state.ts';
import { contextOf } from '../contexts.ts';

export const {
  Context: PatrolsContext,
  useCan: usePatrols,
  usePartOf: usePatrol,
} = contextOf<PatrolState, Omit<PatrolDeeds, 'watch'>>('evening patrols');
