// The roster as its tests see it: people, evenings, and the panel with a service that answers at the network's edge.
import { signal } from '@preact/signals';
import { act, fireEvent, render } from '@testing-library/preact';
import { vi } from 'vitest';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { RosterContext } from '../../../src/planner/desk/panels/roster/context.ts';
import { Roster } from '../../../src/planner/desk/panels/roster/Roster.tsx';
import { weekOf } from '../../../src/planner/desk/roster/days.ts';
import { rosterDeeds } from '../../../src/planner/desk/roster/effects.ts';
import { next } from '../../../src/planner/desk/roster/next.ts';
import {
  nothingKnown,
  type RosterEvent,
  type RosterState,
  type Teams,
} from '../../../src/planner/desk/roster/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { Evening, Proposal, Volunteer } from '../../../src/shared/roster.ts';
import type { Language } from '../../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../../world.ts';

/** A Wednesday; its week begins on November 23. */
export const TODAY = '2026-11-25';
export const MONDAY = '2026-11-23';
export const [WED, THU, FRI] = ['2026-11-25', '2026-11-26', '2026-11-27'] as const;

export const person = (id: number, name: string, over: Partial<Volunteer['who']> = {}): Volunteer => ({
  id,
  who: { name, kind: 'grid_worker', skills: [], weekdays: [1, 2, 3, 4, 5, 6, 7], phone: null, ...over },
  account: null,
  state: 'active',
  consents: null,
  validator: `"volunteer-${id}-1"`,
});
export const PEOPLE = [
  person(1, '王芳', { skills: ['swimmer', 'first_aid'], phone: '0575 1' }),
  person(2, 'Li Wei', { weekdays: [1, 3] }),
  person(3, 'Anna', { kind: 'rescue_team', skills: ['first_aid'] }),
];

/** `[[1, 2], [3]]`: two teams; a number below 0 is locked. */
export const teams = (...of: readonly (readonly number[])[]): Teams =>
  of.map((ids) => ({
    name: null,
    members: ids.map((id) => ({ volunteer: Math.abs(id), locked: id < 0 })),
  }));
export const ids = (all: Teams) =>
  all.map(({ members }) => members.map((one) => (one.locked ? -one.volunteer : one.volunteer)));

export const evening = (day: string, of: Teams = [], over: Partial<Evening> = {}): Evening => ({
  day,
  teams: of,
  published: false,
  answers: {},
  validator: `"evening-${day}-0"`,
  ...over,
});
export const week = (...known: readonly Evening[]): Evening[] =>
  [23, 24, 25, 26, 27, 28, 29].map((n) => {
    const day = `2026-11-${n}`;
    return known.find((one) => one.day === day) ?? evening(day);
  });
export const proposal = (evenings: readonly Evening[], times: Proposal['times']): Proposal => ({
  evenings,
  times,
  open: 0,
  without: {},
});

export const rosterAfter = (...events: RosterEvent[]): RosterState =>
  events.reduce(next, nothingKnown(TODAY));
export const came = (...known: readonly Evening[]): RosterEvent[] => [
  { is: 'peopleCame', people: PEOPLE },
  { is: 'eveningsCame', evenings: week(...known) },
];

type Answers = Record<string, (body: never, url: URL) => unknown>;
export const refused = (status: number, kind: string) =>
  new Response(JSON.stringify({ type: `/problems/${kind}`, title: kind, status, detail: kind }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });

/** The panel, with a service whose answers the test gives: by method and what the address ends with. */
export function opened(answers: Answers = {}, language: Language = 'en') {
  const asked: { what: string; body: unknown; ifMatch: string | null }[] = [];
  const all: Answers = {
    'GET volunteers': () => ({ volunteers: PEOPLE }),
    'GET evenings': (_, url) => ({
      evenings: weekOf(url.searchParams.get('from') ?? '').map((day) => evening(day)),
    }),
    ...answers,
  };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const url = new URL(path, 'http://here');
    const what = `${init.method ?? 'GET'} ${url.pathname.replace('/api/v1/regions/here/', '')}`;
    const body = init.body === undefined ? null : JSON.parse(String(init.body));
    asked.push({ what: what + url.search, body, ifMatch: new Headers(init.headers).get('if-match') });
    const answer = all[what]?.(body as never, url) ?? refused(404, 'none');
    if (answer instanceof Response) return answer;
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  const sources: { url: string; told: Map<string, () => void>; close(): void }[] = [];
  vi.stubGlobal(
    'EventSource',
    class {
      told = new Map<string, () => void>();
      constructor(readonly url: string) {
        sources.push(this);
      }
      addEventListener = (news: string, tell: () => void) => this.told.set(news, tell);
      close = vi.fn();
    },
  );
  const planner = storeOf(pageAfter(regionsCame, { is: 'languagePicked', language }));
  const desk = deskStore();
  desk.dispatch({ is: 'signedIn', account: { id: 1, name: 'mei', roles: [] } });
  desk.dispatch({ is: 'viewPicked', view: 'roster' });
  const state = signal(nothingKnown(TODAY));
  const store = {
    state,
    dispatch(event: RosterEvent) {
      state.value = next(state.peek(), event);
    },
  };
  const register = {
    invite: vi.fn(async () => ({ token: 'T0KEN' }) as never),
  };
  const hands = { desk, planner, region: () => planner.state.peek().region ?? '', api: register };
  const can = rosterDeeds(store, hands);
  const stop = can.watch();
  const copy = vi.fn();
  const page = render(
    <PlannerContext.Provider value={{ store: planner, deeds: { copy } as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds: {} as never }}>
        <RosterContext.Provider value={{ state, can }}>
          <Roster />
        </RosterContext.Provider>
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  const press = (name: string | RegExp) =>
    act(async () => {
      fireEvent.click(page.getByRole('button', { name }));
    });
  const choose = (name: string | RegExp, value: string) =>
    act(async () => {
      fireEvent.change(page.getByRole('combobox', { name }), { target: { value } });
    });
  const said = () => planner.state.peek().said.text;
  return {
    ...page,
    asked,
    planner,
    desk,
    state,
    store,
    can,
    press,
    choose,
    said,
    sources,
    stop,
    register,
    copy,
  };
}
