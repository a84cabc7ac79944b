// What the panels of proposed places are given.
import type { PlacingDeeds } from '../../placing/effects.ts';
import type { PlacingState } from '../../placing/state.ts';
import { contextOf } from '../contexts.ts';

export const {
  Context: PlacingContext,
  useCan: usePlacing,
  usePartOf: usePlaced,
} = contextOf<PlacingState, Omit<PlacingDeeds, 'watch'>>('proposed places');
