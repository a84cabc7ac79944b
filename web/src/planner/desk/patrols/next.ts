// What every event makes of an evening's patrol: pure, and the only place where it changes.
import type { LonLat } from '../../../shared/contract.ts';
import { isOver } from '../../../shared/jobs.ts';
import type { PatrolJob } from '../../../shared/patrols.ts';
import { rounded } from '../../../shared/places.ts';
import {
  type EveningWish,
  MINUTES,
  MOST_SPOTS,
  MOST_TEAMS,
  newTeam,
  nothingPlanned,
  type PatrolEvent,
  type PatrolState,
  type Shown,
  withPast,
} from './state.ts';

export function next(state: PatrolState, event: PatrolEvent): PatrolState {
  switch (event.is) {
    case 'wished':
      return { ...state, wish: sensible({ ...state.wish, ...event.wish }) };
    case 'teamAdded': {
      const { teams } = state.wish;
      if (teams.length >= MOST_TEAMS) return state;
      const wish = { ...state.wish, teams: [...teams, newTeam(state.nextKey)] };
      return { ...state, wish, nextKey: state.nextKey + 1 };
    }
    case 'teamSaid': {
      const teams = state.wish.teams.map((one) => (one.key === event.key ? { ...one, ...event.said } : one));
      return { ...state, wish: sensible({ ...state.wish, teams }) };
    }
    case 'teamDropped': {
      const teams = state.wish.teams.filter(({ key }) => key !== event.key);
      // Somebody has to walk.
      return teams.length === 0 ? state : { ...state, wish: { ...state.wish, teams } };
    }
    case 'picking':
      return { ...state, picks: event.picks };
    case 'picked':
      return picked(state, rounded(event.at));
    case 'searchBegun':
      return { ...state, search: event.search, job: null, isStarting: true, fault: null, trial: null };
    case 'jobCame':
      return event.search === state.search ? jobCame(state, event.job) : state;
    case 'searchFailed':
      return event.search === state.search
        ? { ...state, job: null, isStarting: false, fault: event.fault }
        : state;
    case 'tried':
      return { ...state, trial: event.move === null ? null : { move: event.move, after: null }, fault: null };
    case 'trialCame': {
      const { trial, shown } = state;
      if (trial?.move !== event.move || shown === null || event.job.result === null) return state;
      return { ...state, trial: { ...trial, after: shownOf(event.job, shown.keys) } };
    }
    case 'taken': {
      const { trial } = state;
      if (trial === null || trial.after === null) return state;
      // What was moved by hand is not moved back by itself.
      const others = state.locked.filter((one) => one !== trial.move.stretch);
      const locked = trial.move.to === null ? others : [...others, trial.move.stretch];
      return { ...put(state, trial.after), locked, trial: null };
    }
    case 'wentBack': {
      const shown = state.past.at(-1);
      if (shown === undefined || state.shown === null) return state;
      const [past, future] = [state.past.slice(0, -1), [...state.future, state.shown]];
      return { ...state, shown, past, future, trial: null };
    }
    case 'wentOn': {
      const shown = state.future.at(-1);
      if (shown === undefined) return state;
      const future = state.future.slice(0, -1);
      return { ...state, shown, past: withPast(state.past, state.shown), future, trial: null };
    }
    case 'lockSet': {
      const others = state.locked.filter((one) => !event.stretches.includes(one));
      return { ...state, locked: event.isLocked ? [...others, ...event.stretches] : others };
    }
    case 'chosen':
      return { ...state, chosen: event.team };
    case 'publishedCame':
      return { ...state, published: event.published };
    case 'publishing':
      return { ...state, isPublishing: true, fault: null };
    case 'publishingDone':
      return { ...state, isPublishing: false };
    case 'opened': {
      const keys = event.wish.teams.map(({ key }) => key);
      const nextKey = Math.max(state.nextKey, ...keys.map((key) => key + 1));
      const opened = put({ ...state, job: null, trial: null, chosen: null, fault: null }, event.shown);
      return { ...opened, wish: event.wish, nextKey, locked: [] };
    }
    case 'failed':
      return { ...state, fault: event.fault, isPublishing: false, trial: null };
    case 'left': {
      // Places are the region's own.
      const teams = state.wish.teams.map((one) => ({ ...one, start: null, end: null }));
      const wish = { ...state.wish, hotSpots: [], teams };
      return { ...nothingPlanned(state.wish.day), wish, nextKey: state.nextKey, search: state.search + 1 };
    }
  }
}

function jobCame(state: PatrolState, job: PatrolJob): PatrolState {
  // A search that has ended does not go on: an answer that was asked for earlier may come late.
  if (state.job?.id === job.id && isOver(state.job) && !isOver(job)) return state;
  const came = { ...state, job, isStarting: false };
  if (job.result === null) return came;
  const keys = state.shown?.id === job.id ? state.shown.keys : state.wish.teams.map(({ key }) => key);
  const shown = shownOf(job, keys);
  if (shown === null) return came;
  // A better plan of the same search takes the place of the one before.
  return state.shown?.id === job.id ? { ...came, shown } : put(came, shown);
}

function shownOf(job: PatrolJob, keys: readonly number[]): Shown | null {
  const { id, result, version, stopped } = job;
  return result === null ? null : { id, plan: result, version, keys, isStopped: stopped };
}

/** Another plan is looked at; the one before can be gone back to. */
function put(state: PatrolState, shown: Shown): PatrolState {
  const { teams } = shown.plan;
  const chosen = state.chosen !== null && state.chosen < teams.length ? state.chosen : null;
  // A stretch that nobody has any more stays with nobody.
  const there = new Set(teams.flatMap(({ stops }) => stops.map(({ stretch }) => stretch)));
  const locked = state.locked.filter((stretch) => there.has(stretch));
  return { ...state, shown, past: withPast(state.past, state.shown), future: [], chosen, locked };
}

function picked(state: PatrolState, at: LonLat): PatrolState {
  const { picks, wish } = state;
  if (picks === null) return state;
  if (picks.what === 'hotSpot') {
    if (wish.hotSpots.length === MOST_SPOTS) return state;
    return { ...state, wish: { ...wish, hotSpots: [...wish.hotSpots, at] } };
  }
  const said = picks.what === 'start' ? { start: at } : { end: at };
  const teams = wish.teams.map((one) => (one.key === picks.key ? { ...one, ...said } : one));
  return { ...state, wish: { ...wish, teams }, picks: null };
}

function sensible(wish: EveningWish): EveningWish {
  const within = (n: number) => Math.min(MINUTES.most, Math.max(MINUTES.least, Math.round(n)));
  const teams = wish.teams.map((one) =>
    one.minutes === null ? one : { ...one, minutes: within(one.minutes) },
  );
  return { ...wish, minutes: within(wish.minutes), teams };
}
