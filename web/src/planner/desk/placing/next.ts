// What every event makes of the search for the next places: pure, and the only place where it changes.
import type { Job } from '../../../shared/placement.ts';
import {
  MOST_KEPT,
  MOST_SITES,
  NOTHING_PLACED,
  type PlacingEvent,
  type PlacingState,
  type Wish,
} from './state.ts';

export function next(state: PlacingState, event: PlacingEvent): PlacingState {
  switch (event.is) {
    case 'wished':
      return { ...state, wish: sensible({ ...state.wish, ...event.wish }) };
    case 'askedFor':
      return { ...state, asked: state.asked + 1, fault: null };
    case 'searchBegun':
      return { ...state, search: event.search, job: null, isStarting: true, fault: null };
    case 'jobCame':
      return event.search === state.search ? jobCame(state, event.job) : state;
    case 'searchFailed':
      return event.search === state.search
        ? { ...state, job: null, isStarting: false, fault: event.fault }
        : state;
    case 'accepted': {
      const letters = event.accepted.map(({ letter }) => letter);
      const others = state.accepted.filter(({ letter }) => !letters.includes(letter));
      return { ...state, accepted: [...others, ...event.accepted] };
    }
    case 'whatIfsAre': {
      const accepted = state.accepted.filter((one) => event.whatIfs.some((w) => w.letter === one.letter));
      return accepted.length === state.accepted.length ? state : { ...state, accepted };
    }
    case 'keptAs': {
      const others = state.kept.filter(({ name }) => name !== event.kept.name);
      return { ...state, kept: [...others, event.kept].slice(-MOST_KEPT) };
    }
    case 'takenUp':
      return { ...state, accepted: event.kept.accepted };
    case 'forgotten':
      return { ...state, kept: state.kept.filter(({ name }) => name !== event.name) };
    case 'proposedCovers':
      return { ...state, proposedCovered: { key: event.key, covered_m: event.covered_m } };
    case 'left':
      return { ...NOTHING_PLACED, wish: state.wish, search: state.search + 1 };
  }
}

function jobCame(state: PlacingState, job: Job): PlacingState {
  // A search that has ended does not go on: an answer that was asked for earlier may come late.
  if (state.job?.id === job.id && isOver(state.job) && !isOver(job)) return state;
  const shown = job.result === null ? state.shown : { result: job.result, version: job.version };
  return { ...state, job, isStarting: false, shown };
}

export const isOver = ({ state }: Job) => state === 'done' || state === 'failed';

function sensible(wish: Wish): Wish {
  const within = (n: number, most: number) => Math.min(most, Math.max(1, Math.round(n)));
  return {
    ...wish,
    sites: within(wish.sites, MOST_SITES),
    cover_percent: within(wish.cover_percent, 100),
  };
}
