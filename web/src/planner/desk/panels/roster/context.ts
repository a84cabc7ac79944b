// What the panels of the roster are given.
import type { RosterDeeds } from '../../roster/effects.ts';
import type { RosterState } from '../../roster/state.ts';
import { contextOf } from '../contexts.ts';

export const {
  Context: RosterContext,
  useCan: useRoster,
  usePartOf: useRosterPart,
} = contextOf<RosterState, Omit<RosterDeeds, 'watch'>>('the roster');
