// Evening patrols on the page: what is wished, the plan team by team, moves by hand with their cost, locks, publishing.
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { clockText, hours } from '../../../src/planner/desk/panels/patrols/texts.ts';
import { drawnOf, lookOf } from '../../../src/planner/desk/patrols/look.ts';
import { next } from '../../../src/planner/desk/patrols/next.ts';
import { openPatrols } from '../../../src/planner/desk/patrols/patrols.tsx';
import {
  nothingPlanned,
  type PatrolEvent,
  type PatrolState,
  requestOf,
} from '../../../src/planner/desk/patrols/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type {
  Carried,
  Patrol,
  PatrolJob,
  PatrolsApi,
  Published,
  Stop,
  Team,
} from '../../../src/shared/patrols.ts';
import { type Language, loadWords } from '../../../src/shared/words.ts';
import { coverageCame, pageAfter, regionsCame } from '../../world.ts';
import { refusal } from './placed.tsx';

const DAY = '2026-11-27';

const stop = (rank: number, stretch: string, over: Partial<Stop> = {}): Stop => ({
  rank,
  stretch,
  along: { bank: 'b1', side: 'left', from_m: 0, to_m: 300 },
  also_sees: [],
  water_body: 'w1',
  water_body_name: 'Rhine',
  risk: 3,
  village: 'r1',
  village_name: 'Vaduz',
  seen_m: 300,
  after_s: 600 * rank,
  pause_s: 0,
  evenings: 0,
  hot_spots: [],
  inspect: [],
  line: [
    [9.5, 47.1],
    [9.5 + rank / 1000, 47.1],
  ],
  ...over,
});

const team = (number: number, stretches: readonly string[], takes_s: number): Team => ({
  number,
  name: null,
  start: [9.5, 47.1 + number / 100],
  end: [9.5, 47.1 + number / 100],
  start_is_chosen: true,
  most_s: 5400,
  walk_m_s: 1.25,
  takes_s,
  walk_m: 2000,
  seen_m: 300 * stretches.length,
  stops: stretches.map((stretch, i) => stop(i + 1, stretch)),
  crossings: [],
  line: [
    [9.5, 47.1],
    [9.51, 47.11],
  ],
});

const carried = (stretch: string): Carried => ({
  stretch,
  banks: [{ bank: 'b2', side: 'right', from_m: 0, to_m: 200 }],
  water_body: 'w2',
  water_body_name: 'Samina',
  risk: 2,
  village: null,
  village_name: null,
  length_m: 200,
  evenings: 1,
  reason: 'no_time',
  line: [
    [9.6, 47.1],
    [9.61, 47.1],
  ],
});

const plan = (over: Partial<Patrol> = {}): Patrol => ({
  datum: 'wgs84',
  day: DAY,
  begins: '19:00',
  goal: 'most',
  objective: 'weighted_m',
  value: 1000,
  bound: 1040,
  gap_percent: 4,
  proven: false,
  required_m: 1100,
  seen_m: 900,
  carried_m: 200,
  longest_s: 5300,
  shortest_s: 4000,
  seconds: 1,
  teams: [team(1, ['a', 'b'], 5300), team(2, ['c'], 4000)],
  carried: [carried('d')],
  unknown: [],
  ...over,
});

const job = (id: string, over: Partial<PatrolJob> = {}, found: Partial<Patrol> = {}): PatrolJob => ({
  id,
  state: 'done',
  stopped: false,
  value: 1000,
  bound: 1040,
  seconds: 3,
  version: 1,
  result: plan(found),
  fault: null,
  ...over,
});

const published = (over: Partial<Published> = {}): Published => ({
  region: 'liechtenstein',
  day: DAY,
  number: 1,
  validator: '"patrol-1-1"',
  published_at: '2026-11-27T10:00:00Z',
  by: 'wang',
  plan_id: 'p1',
  goal: 'most',
  n_teams: 2,
  longest_s: 5300,
  shortest_s: 4000,
  required_m: 1100,
  seen_m: 900,
  carried_m: 200,
  ...over,
});

const evening = (...events: PatrolEvent[]): PatrolState => events.reduce(next, nothingPlanned(DAY));
const twoTeams: PatrolEvent[] = [
  { is: 'teamDropped', key: 4 },
  { is: 'teamDropped', key: 3 },
];
const found: PatrolEvent[] = [
  ...twoTeams,
  { is: 'searchBegun', search: 1 },
  { is: 'jobCame', search: 1, job: job('p1') },
];
const move = { stretch: 'a', name: 'Rhine', from: 0, to: 1 } as const;

beforeAll(async () => {
  await loadWords('en', 'later', 'desk', 'patrols', 'sheets');
  await loadWords('zh', 'later', 'desk', 'patrols', 'sheets');
});
afterEach(cleanup);

describe('what is known of an evening', () => {
  it('asks with what is wished, and says nothing of what is left to the planner', () => {
    const state = evening(
      ...twoTeams,
      { is: 'teamSaid', key: 1, said: { name: ' East ', start: [9.5, 47.1] } },
      { is: 'teamSaid', key: 2, said: { minutes: 0 } },
      { is: 'wished', wish: { minutes: 100_000, goal: 'fewest' } },
    );
    expect(requestOf(state, true)).toEqual({
      teams: [{ name: 'East', start: [9.5, 47.1] }, { minutes: 5 }],
      minutes: 720,
      goal: 'fewest',
      day: DAY,
      begins: '19:00',
      inspect: false,
      hot_spots: [],
      kept: [],
    });
  });

  it('leaves stretches with their teams when one drops out, by their new numbers', () => {
    const state = evening(...found, { is: 'teamDropped', key: 1 });
    expect(requestOf(state, true).kept).toEqual([{ stretch: 'c', team: 0, locked: false }]);
    expect(requestOf(state, false).kept).toEqual([]);
    const locked = evening(...found, { is: 'lockSet', stretches: ['a'], isLocked: true });
    expect(requestOf(locked, false).kept).toEqual([{ stretch: 'a', team: 0, locked: true }]);
  });

  it('never loses the last team', () => {
    const state = evening(...twoTeams, { is: 'teamDropped', key: 1 }, { is: 'teamDropped', key: 2 });
    expect(state.wish.teams).toHaveLength(1);
  });

  it('drops an answer to a question that nobody asks any more', () => {
    const state = evening({ is: 'searchBegun', search: 1 }, { is: 'searchBegun', search: 2 });
    expect(next(state, { is: 'jobCame', search: 1, job: job('p1') })).toBe(state);
  });

  it('takes a better plan of the same search in place of the first, and another search as a step', () => {
    const better = evening(...found, { is: 'jobCame', search: 1, job: job('p1', {}, { value: 1010 }) });
    expect([better.shown?.plan.value, better.past.length]).toEqual([1010, 0]);
    const other = evening(
      ...found,
      { is: 'searchBegun', search: 2 },
      { is: 'jobCame', search: 2, job: job('p2') },
    );
    expect([other.shown?.id, other.past.map(({ id }) => id)]).toEqual(['p2', ['p1']]);
  });

  it('looks at a move before it is taken, locks what was moved, and goes back and on again', () => {
    const moved = { teams: [team(1, ['b'], 4800), team(2, ['c', 'a'], 5600)] };
    const tried = evening(
      ...found,
      { is: 'tried', move },
      { is: 'trialCame', move, job: job('p2', {}, moved) },
    );
    expect(tried.shown?.id).toBe('p1');
    expect(tried.trial?.after?.id).toBe('p2');
    const taken = next(tried, { is: 'taken' });
    expect([taken.shown?.id, taken.locked, taken.trial]).toEqual(['p2', ['a'], null]);
    const back = next(taken, { is: 'wentBack' });
    expect([back.shown?.id, back.past.length, back.future.length]).toEqual(['p1', 0, 1]);
    expect(next(back, { is: 'wentOn' }).shown?.id).toBe('p2');
    const late = next(next(tried, { is: 'tried', move: null }), { is: 'trialCame', move, job: job('p2') });
    expect(late.trial).toBeNull();
  });

  it('forgets places with the region, and keeps the teams', () => {
    const state = evening(
      ...found,
      { is: 'teamSaid', key: 1, said: { name: 'East', start: [9.5, 47.1] } },
      { is: 'left' },
    );
    expect(state.shown).toBeNull();
    expect(state.wish.teams[0]).toMatchObject({ name: 'East', start: null });
  });

  it('takes the place that is tapped for what was asked: one start, many hot spots', () => {
    const start = evening(
      { is: 'picking', picks: { what: 'start', key: 2 } },
      { is: 'picked', at: [9.5, 47.1] },
    );
    expect([start.wish.teams[1]?.start, start.picks]).toEqual([[9.5, 47.1], null]);
    const spots = evening(
      { is: 'picking', picks: { what: 'hotSpot' } },
      { is: 'picked', at: [9.5, 47.1] },
      { is: 'picked', at: [9.6, 47.1] },
    );
    expect(spots.wish.hotSpots).toHaveLength(2);
    expect(next(evening(), { is: 'picked', at: [9.5, 47.1] }).wish.hotSpots).toEqual([]);
  });
});

describe('what is drawn and told', () => {
  it('draws each team with a color, a dash and a number of its own, and what is carried over', () => {
    const drawn = drawnOf(evening(...found));
    const lines = drawn.flatMap((one) => ('line' in one ? [one] : []));
    // One that is carried over, three stretches, two ways.
    expect(lines).toHaveLength(6);
    const marks = drawn.flatMap((one) => ('is' in one && one.rank !== undefined ? [one.rank] : []));
    expect(marks).toEqual([1, 2]);
    const looks = [...Array(8).keys()].map((i) => JSON.stringify(lookOf(i)));
    expect(new Set(looks).size).toBe(8);
  });

  it('numbers the stretches of the team that is looked at, and makes the others faint', () => {
    const drawn = drawnOf(evening(...found, { is: 'chosen', team: 1 }));
    const small = drawn.filter((one) => 'is' in one && one.isSmall);
    expect(small).toHaveLength(1);
    const widths = drawn.flatMap((one) =>
      'line' in one && one.color === lookOf(0).color ? [one.width] : [],
    );
    expect(widths).toEqual([3, 3, 1.5]);
  });

  it('tells times that are never less than they are', () => {
    expect([hours(5400), hours(5401), hours(59), hours(0)]).toEqual(['1:30', '1:31', '0:01', '0:00']);
    expect([clockText('19:00', 3599), clockText('23:30', 3600), clockText(null, 3660)]).toEqual([
      '19:59',
      '00:30',
      '+1:01',
    ]);
  });
});

/** The panel, with a service whose answers the test gives. */
function opened(language: Language = 'en', over: Partial<PatrolsApi> = {}) {
  const planner = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  desk.dispatch({ is: 'signedIn', account: { id: 1, name: 'wang', roles: [] } });
  desk.dispatch({ is: 'viewPicked', view: 'patrols' });
  const api = {
    begin: vi.fn<PatrolsApi['begin']>(async () => job('p1')),
    look: vi.fn<PatrolsApi['look']>(async () => job('p1')),
    end: vi.fn<PatrolsApi['end']>(async () => job('p1', { stopped: true })),
    give: vi.fn<PatrolsApi['give']>(async () =>
      job('p2', {}, { longest_s: 5600, teams: [team(1, ['b'], 4800), team(2, ['c', 'a'], 5600)] }),
    ),
    published: vi.fn<PatrolsApi['published']>(async () => []),
    publishedOn: vi.fn<PatrolsApi['publishedOn']>(async () => ({ ...published(), plan: plan() })),
    publish: vi.fn<PatrolsApi['publish']>(async () => published()),
    withdraw: vi.fn<PatrolsApi['withdraw']>(async () => {}),
    listen: () => () => {},
    listenForPublished: () => () => {},
  };
  const { Panel } = openPatrols({ desk, planner, region: () => 'liechtenstein' }, { ...api, ...over });
  const deeds = { focusMap: vi.fn(), printNow: vi.fn() } as never;
  const page = render(
    <PlannerContext.Provider value={{ store: planner, deeds, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds: {} as never }}>
        <Panel />
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  const press = (name: string | RegExp) =>
    act(async () => void fireEvent.click(page.getByRole('button', { name })));
  return { page, api, planner, press };
}

describe('the panel of evening patrols', () => {
  it('plans, and says in words what is seen and what is proven', async () => {
    const { page, api, press } = opened();
    await press('Plan the evening');
    await page.findByText(/teams 2, 0.90 of 1.1 km seen. Longest walk 1:29 h, shortest 1:07 h/);
    expect(api.begin.mock.calls[0]?.[1]).toMatchObject({ minutes: 90, goal: 'balanced', kept: [] });
    expect(
      page.getByText(/Not everything fits into the time.*No plan can see more than 4% more/),
    ).toBeTruthy();
    expect(page.getByText('Carried over: 1 stretches, 200 m')).toBeTruthy();
  });

  it('shows a team’s walk with times, and draws it', async () => {
    const { page, planner, press } = opened();
    await press('Plan the evening');
    await press(/^Team 1 ?\d:/);
    const stops = page.getByRole('region', { name: 'Team 1' });
    expect(within(stops).getAllByText(/Rhine, left bank · Vaduz/)).toHaveLength(2);
    expect(within(stops).getByText(/19:10 · 300 m · risk 3/)).toBeTruthy();
    expect(within(stops).getByRole('link', { name: 'GPX' }).getAttribute('href')).toContain(
      '/patrol-plans/p1/gpx?team=1',
    );
    expect(planner.state.peek().proposed.length).toBeGreaterThan(6);
  });

  it('tells what giving a stretch away costs before it is done, and does it only then', async () => {
    const { page, api, press } = opened();
    await press('Plan the evening');
    await press(/^Team 1 ?\d:/);
    const menu = page.getByRole('combobox', { name: 'Give stretch 1 to another team' });
    await act(async () => void fireEvent.change(menu, { target: { value: '1' } }));
    await page.findByText('Rhine, left bank · Vaduz: from Team 1 to Team 2');
    expect(api.give.mock.calls[0]).toEqual(['liechtenstein', 'p1', 'a', 0, 1]);
    expect(page.getByText('Team 2: 1:07 → 1:34 · 4 min over its time')).toBeTruthy();
    expect(page.getByText('The longest walk becomes 5 min longer.')).toBeTruthy();
    await press('Leave it');
    expect(page.queryByText(/from Team 1 to Team 2/)).toBeNull();
    await act(async () => void fireEvent.change(menu, { target: { value: '1' } }));
    await press('Do it');
    await press(/^Team 2 ?\d:/);
    expect(page.getByRole('button', { name: 'Unlock stretch 2' })).toBeTruthy();
    await press('Undo');
    expect(page.queryByRole('button', { name: 'Unlock stretch 2' })).toBeNull();
  });

  it('publishes over another plan only after it was seen', async () => {
    const others = published({ plan_id: 'other', by: 'li', validator: '"patrol-9-9"' });
    const list = vi.fn<PatrolsApi['published']>(async () => [others]).mockResolvedValueOnce([]);
    const publish = vi
      .fn<PatrolsApi['publish']>(async () => published())
      .mockRejectedValueOnce(refusal(409, 'patrol-published'));
    const { page, press } = opened('en', { published: list, publish });
    await press('Plan the evening');
    expect(page.getByText('Nothing is published for Nov 27, 2026 yet.')).toBeTruthy();
    await press('Publish');
    await page.findByText(/Somebody else has published a patrol for this evening meanwhile/);
    expect(page.getByText('For Nov 27, 2026 another plan is published, by li.')).toBeTruthy();
    await press('Publish in its place');
    expect(publish.mock.calls.map(([, , id, seen]) => [id, seen])).toEqual([
      ['p1', null],
      ['p1', '"patrol-9-9"'],
    ]);
  });

  it('takes back what is published only when it is said twice', async () => {
    const { page, api, press } = opened('zh', { published: async () => [published()] });
    await page.findByText(/2 队/);
    await press('撤回 2026年11月27日 的巡逻');
    expect(api.withdraw).not.toHaveBeenCalled();
    await press('撤回');
    expect(api.withdraw.mock.calls).toEqual([['liechtenstein', DAY, '"patrol-1-1"']]);
  });

  it('goes on from a published evening', async () => {
    const { page, press } = opened('en', { published: async () => [published()] });
    await page.findByText(/Teams 2 ·/);
    await press('Look at the patrol of Nov 27, 2026');
    expect(page.getByText('This plan is published for Nov 27, 2026, by wang.')).toBeTruthy();
    expect(page.getAllByRole('textbox', { name: /^Name of team/ })).toHaveLength(2);
  });

  it('says what went wrong and what can be done', async () => {
    const { page, press } = opened('en', {
      begin: async () => job('p1', { state: 'failed', result: null, fault: 'team 0 begins nowhere' }),
    });
    await press('Plan the evening');
    await page.findByText(/The search failed: team 0 begins nowhere/);
  });
});
