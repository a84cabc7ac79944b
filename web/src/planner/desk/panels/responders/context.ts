// What the panels of those who may be called are given.
import type { RespondersDeeds } from '../../responders/effects.ts';
import type { RespondersState } from '../../responders/state.ts';
import { contextOf } from '../contexts.ts';

export const {
  Context: RespondersContext,
  useCan: useResponders,
  usePartOf: useRespondersPart,
} = contextOf<RespondersState, Omit<RespondersDeeds, 'watch'>>('the responders');
