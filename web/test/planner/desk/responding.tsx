// Who may be called as the tests see it: a few of them, and the panel with a service that answers at the network's edge.
import { signal } from '@preact/signals';
import { act, fireEvent, render } from '@testing-library/preact';
import { vi } from 'vitest';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { openResponders } from '../../../src/planner/desk/responders/responders.tsx';
import type { View } from '../../../src/planner/desk/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { storeOf } from '../../../src/planner/store.ts';
import type { Role } from '../../../src/shared/accounts.ts';
import type { Responder } from '../../../src/shared/responders.ts';
import type { Language } from '../../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../../world.ts';
import { refused } from './rostered.tsx';

export const responder = (n: number, name: string | null, over: Partial<Responder> = {}): Responder => ({
  id: `responder-${n}`,
  kind: 'volunteer',
  name,
  group: null,
  village: 'Vaduz',
  phone: null,
  travel: 'foot',
  home: [9.52, 47.14],
  seen: null,
  duty: '18:00-21:00',
  says_on_duty: null,
  on_duty: true,
  note: null,
  illustrative: false,
  validator: `"responder-${n}-1"`,
  ...over,
});

export const LISTED = [
  responder(1, '王芳', { phone: '0575 8700-0001', group: '网格员' }),
  responder(2, 'Li Wei', { on_duty: false, says_on_duty: false, village: 'Triesen', illustrative: true }),
  responder(3, null, { kind: 'police', travel: 'car', duty: 'always' }),
];

type Answers = Record<string, (body: never) => unknown>;

/** The panel, with a service whose answers the test gives: by method and what the address ends with. */
export function opened({
  answers = {},
  language = 'en',
  role = 'planner',
  hasMap = true,
}: {
  answers?: Answers;
  language?: Language;
  role?: Role;
  hasMap?: boolean;
} = {}) {
  const asked: { what: string; body: unknown; ifMatch: string | null }[] = [];
  const all: Answers = { 'GET responders': () => ({ responders: LISTED }), ...answers };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const what = `${init.method ?? 'GET'} ${path.replace('/api/v1/regions/here/', '')}`;
    const body = init.body === undefined ? null : JSON.parse(String(init.body));
    asked.push({ what, body, ifMatch: new Headers(init.headers).get('if-match') });
    const answer = await (all[what]?.(body as never) ?? refused(404, 'none'));
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
  if (hasMap) planner.dispatch({ is: 'mapThere', map: 'there' });
  const desk = deskStore();
  const signIn = (as: Role) =>
    desk.dispatch({
      is: 'signedIn',
      account: { id: ['volunteer', 'planner'].indexOf(as), name: as, roles: [{ role: as, region: 'here' }] },
    });
  const pickView = (view: View) => desk.dispatch({ is: 'viewPicked', view });
  signIn(role);
  pickView('responders');
  const { Panel } = openResponders({
    desk,
    planner,
    region: () => planner.state.peek().region ?? '',
  });
  const page = render(
    <PlannerContext.Provider
      value={{ store: planner, deeds: { focusMap: vi.fn() } as never, desk: signal(null) }}
    >
      <DeskContext.Provider value={{ store: desk, deeds: {} as never }}>
        <Panel />
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
  const press = (name: string | RegExp) =>
    act(async () => {
      fireEvent.click(page.getByRole('button', { name }));
    });
  const type = (label: string | RegExp, value: string) =>
    act(async () => {
      fireEvent.input(page.getByLabelText(label), { target: { value } });
    });
  const choose = (label: string | RegExp, value: string) =>
    act(async () => {
      fireEvent.change(page.getByLabelText(label), { target: { value } });
    });
  /** All that is under way has come. */
  const settled = () => act(() => new Promise((done) => setTimeout(done, 20)));
  const said = () => planner.state.peek().said.text;
  const count = (what: string) => asked.filter((one) => one.what === what).length;
  return {
    ...page,
    asked,
    planner,
    desk,
    sources,
    signIn,
    pickView,
    press,
    type,
    choose,
    settled,
    said,
    count,
  };
}
