// What every event makes of the search for the next places: pure, and the only place where it changes.

import type { LonLat } from '../../../shared/contract.ts';
import { isOver } from '../../../shared/jobs.ts';
import type { Job } from '../../../shared/placement.ts';
import { apart, rounded } from '../../../shared/places.ts';
import { SAME_M } from './answers.ts';
import {
  MOST_KEPT,
  MOST_MOVES,
  MOST_NAMED,
  MOST_SITES,
  NOTHING_PLACED,
  type PlacingEvent,
  type PlacingState,
  type Stretch,
  type Wish,
} from './state.ts';

export function next(state: PlacingState, event: PlacingEvent): PlacingState {
  switch (event.is) {
    case 'wished':
      return { ...state, wish: sensible({ ...state.wish, ...event.wish }) };
    case 'required':
      return { ...state, wish: withRequired(state.wish, event.at) };
    case 'forbidden':
      return { ...state, wish: withForbidden(state.wish, event.stretch) };
    case 'picking':
      return { ...state, picks: event.picks };
    case 'askedFor':
      return { ...state, asked: state.asked + 1, fault: null };
    case 'searchBegun':
      return {
        ...state,
        search: event.search,
        searched: state.wish,
        job: null,
        isStarting: true,
        fault: null,
      };
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
      // Places and stretches are the region's own.
      return {
        ...NOTHING_PLACED,
        wish: { ...state.wish, required: [], forbidden: [] },
        search: state.search + 1,
      };
  }
}

function jobCame(state: PlacingState, job: Job): PlacingState {
  // A search that has ended does not go on: an answer that was asked for earlier may come late.
  if (state.job?.id === job.id && isOver(state.job) && !isOver(job)) return state;
  const { result, version } = job;
  const shown = result === null ? state.shown : { result, version, wish: state.searched ?? state.wish };
  return { ...state, job, isStarting: false, shown };
}

function sensible(wish: Wish): Wish {
  const within = (n: number, most: number) => Math.min(most, Math.max(1, Math.round(n)));
  return {
    ...wish,
    sites: within(wish.sites, MOST_SITES),
    cover_percent: within(wish.cover_percent, 100),
    moves: Math.min(MOST_MOVES, Math.max(0, Math.round(wish.moves))),
    fair_percent: wish.fair_percent === null ? null : within(wish.fair_percent, 100),
  };
}

function withRequired(wish: Wish, at: LonLat): Wish {
  const isThere = wish.required.some((one) => apart(one, at) < SAME_M);
  if (isThere || wish.required.length === MOST_NAMED) return wish;
  return { ...wish, required: [...wish.required, rounded(at)] };
}

function withForbidden(wish: Wish, stretch: Stretch): Wish {
  const touches = (one: Stretch) =>
    one.bank === stretch.bank && one.from_m <= stretch.to_m && stretch.from_m <= one.to_m;
  const [touching, others] = [wish.forbidden.filter(touches), wish.forbidden.filter((one) => !touches(one))];
  if (others.length === MOST_NAMED) return wish;
  const all = [stretch, ...touching];
  const from_m = Math.min(...all.map((one) => one.from_m));
  const to_m = Math.max(...all.map((one) => one.to_m));
  const along = all.flatMap((one) => one.along ?? []);
  return { ...wish, forbidden: [...others, { ...stretch, from_m, to_m, along }] };
}
