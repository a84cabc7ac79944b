// The search for the next places as its tests see it: an answer, a job, and the panel with a service whose answers a test gives.
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, vi } from 'vitest';
import { PlacingContext } from '../../../src/planner/desk/panels/placing/context.ts';
import { Placing } from '../../../src/planner/desk/panels/placing/Placing.tsx';
import { placingDeeds } from '../../../src/planner/desk/placing/effects.ts';
import { next } from '../../../src/planner/desk/placing/next.ts';
import { NOTHING_PLACED, type PlacingEvent } from '../../../src/planner/desk/placing/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { Job, Placement, PlacementRequest, Site } from '../../../src/shared/placement.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { coverageCame, evaluation, pageAfter, regionsCame } from '../../world.ts';

/** Both languages have the words of the panel; what a test has shown goes after it, and its clock. */
export function placingWords(): void {
  beforeAll(async () => {
    for (const language of ['en', 'zh'] as const)
      await loadWords(language, 'later', 'desk', 'placing', 'wishes', 'work');
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });
}

export const site = (rank: number, over: Partial<Site> = {}): Site => ({
  rank,
  at: [9.5 + rank / 100, 47.1],
  bank: 'b1',
  side: 'left',
  chainage_m: 100 * rank,
  water_body: 'w1',
  water_body_name: 'Rhine',
  risk: 2,
  village: 'r1',
  village_name: 'Vaduz',
  gained_m: 200 / rank,
  worth: 400 / rank,
  covered_m: 1000 + 100 * rank,
  reason: 'none_near',
  required: false,
  kind: 'pole',
  on: 'bank',
  ...over,
});

export const curveOf = (...gains: number[]): Placement['curve'] =>
  [0, ...gains].map((_, n) => ({
    sites: n,
    covered_m: gains.slice(0, n).reduce((sum, gain) => sum + gain, 1000),
  }));

export const placement = (over: Partial<Placement> = {}): Placement => ({
  datum: 'wgs84',
  below: [],
  moved: [],
  kinds: ['pole', 'ring', 'rope'],
  limit_m: 50,
  by_kind: [
    { kind: 'pole', limit_m: 50, sites: 2 },
    { kind: 'ring', limit_m: 50, sites: 0 },
    { kind: 'rope', limit_m: 50, sites: 0 },
  ],
  weighted_by: { houses: 0, schools: 0, incidents: 0 },
  backup: false,
  bank_m: 3000,
  covered_before_m: 1000,
  covered_after_m: 1300,
  out_of_reach_m: 0,
  objective: 'weighted_m',
  value: 600,
  bound: 612,
  gap_percent: 2,
  proven: false,
  candidates: 1234,
  seconds: 0.4,
  illustrative: true,
  sites: [site(1), site(2)],
  curve: curveOf(200, 100, 90, 10),
  ...over,
});

export const job = (over: Partial<Job> = {}): Job => ({
  id: 'j1',
  state: 'running',
  stopped: false,
  value: null,
  bound: null,
  seconds: 0.1,
  version: 1,
  result: null,
  fault: null,
  ...over,
});
export const done = (over: Partial<Placement> = {}, id = 'j1') =>
  job({ id, state: 'done', value: 600, bound: 612, result: placement(over) });

export const placed = (...events: PlacingEvent[]) => events.reduce(next, NOTHING_PLACED);
export const refusal = (status: number, kind: string, retry_after_s: number | null = null) =>
  new Refused({ type: `/problems/${kind}`, title: kind, status, detail: kind } as never, retry_after_s);

/** The panel, with a service whose answers the test gives. */
export function opened(language: Language = 'en') {
  const planner = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  desk.dispatch({ is: 'signedIn', account: { id: 1, name: 'wang', roles: [] } });
  const state = signal(NOTHING_PLACED);
  const store = {
    state,
    dispatch(event: PlacingEvent) {
      state.value = next(state.peek(), event);
    },
  };
  const wakes: ((id: string) => void)[] = [];
  const api = {
    begin: vi.fn(async (_: string, _asked: PlacementRequest): Promise<Job> => done()),
    look: vi.fn(async (_: string, id: string): Promise<Job> => done({}, id)),
    end: vi.fn(async (_: string, id: string): Promise<Job> => ({ ...done({}, id), stopped: true })),
    listen: vi.fn((_: string, changed: (id: string) => void) => {
      wakes.push(changed);
      return () => {};
    }),
  };
  const evaluate = vi.fn(async () => evaluation({ after: { bank_m: 3000, covered_m: 1300 } }));
  const hands = { desk, planner, region: () => planner.state.peek().region ?? '' };
  const can = placingDeeds(store, hands, api, evaluate);
  const stop = can.watch();
  const page = render(
    <PlannerContext.Provider value={{ store: planner, deeds: {} as never, desk: signal(null) }}>
      <PlacingContext.Provider value={{ state, can }}>
        <Placing />
      </PlacingContext.Provider>
    </PlannerContext.Provider>,
  );
  const press = (name: string | RegExp) =>
    act(async () => {
      fireEvent.click(page.getByRole('button', { name }));
    });
  const letters = () =>
    planner.state
      .peek()
      .scenario.whatIfs.map((w) => w.letter)
      .join(' ');
  return { ...page, api, planner, desk, state, store, can, press, letters, evaluate, wakes, stop };
}
