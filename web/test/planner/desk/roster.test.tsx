// The roster on the page: what is asked of the service and with which validators, who was faster, and what is said.
import { act, cleanup, fireEvent, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import '../../../src/planner/desk/roster/words.ts';
import { timesText } from '../../../src/planner/desk/panels/roster/Fairness.tsx';
import { weekdaysText } from '../../../src/planner/desk/panels/roster/list/texts.ts';
import {
  everyText,
  langOf,
  rosterFaultText,
  weekText,
} from '../../../src/planner/desk/panels/roster/texts.ts';
import { byBehind } from '../../../src/planner/desk/panels/roster/walked/HowOften.tsx';
import { weekOf } from '../../../src/planner/desk/roster/days.ts';
import { Unreachable } from '../../../src/shared/api.ts';
import { loadWords, wordsIn } from '../../../src/shared/words.ts';
import {
  came,
  evening,
  FRI,
  ids,
  MONDAY,
  opened,
  PEOPLE,
  person,
  proposal,
  refused,
  THU,
  TODAY,
  teams,
  WED,
  week,
} from './rostered.tsx';

const PARTS = ['later', 'desk', 'roster', 'list', 'walked'] as const;
beforeAll(async () => {
  await loadWords('en', ...PARTS);
  await loadWords('zh', ...PARTS);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${TODAY}T11:00:00Z`) });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** All that is under way has come. */
const settle = () => act(() => new Promise((done) => setTimeout(done, 20)));

async function atWeek(...args: Parameters<typeof opened>) {
  const page = opened(...args);
  await settle();
  return page;
}

describe('a week of evenings', () => {
  const known = [
    evening(THU, teams([1, 2], [3]), { published: true, answers: { 1: 'comes', 3: 'cannot' } }),
    evening(FRI, teams([-3])),
  ];
  const here = { 'GET evenings': () => ({ evenings: week(...known) }) };
  const thursday = (page: ReturnType<typeof opened>) => {
    const card = page.container.querySelector<HTMLElement>(`[data-day="${THU}"]`);
    if (card === null) throw new Error('no Thursday');
    return within(card);
  };

  it('shows who comes, who cannot and who is not there on that weekday, in words', async () => {
    const page = await atWeek(here);
    expect(page.asked.map(({ what }) => what)).toContain(`GET evenings?from=${MONDAY}&days=7`);
    const card = thursday(page);
    card.getByText('Published');
    card.getByRole('button', { name: /王芳.*comes/ });
    card.getByRole('button', { name: /Li Wei.*no answer yet.*not on Thursdays/ });
    card.getByRole('button', { name: /Anna.*cannot come/ });
    page.getByText('locked');
    expect(page.getByText('王芳').lang).toBe('zh');
  });

  it.each([
    ['en', /王芳.*hands over/, 'Handed over: 1'],
    ['zh', /王芳.*想转交/, '转交 1 人'],
  ] as const)('shows who hands the evening over, and counts them (%s)', async (language, who, count) => {
    const handing = evening(THU, teams([1], [2]), {
      published: true,
      // Whoever is on no longer does not count.
      answers: { 1: 'hands_over', 2: 'cannot', 3: 'hands_over' },
    });
    const page = await atWeek({ 'GET evenings': () => ({ evenings: week(handing) }) }, language);
    const card = thursday(page);
    card.getByRole('button', { name: who });
    card.getByText(count);
  });

  it('moves, swaps, locks and removes by the menu, and undoes it', async () => {
    const page = await atWeek(here);
    await page.press(/^王芳/);
    await page.choose('Move 王芳 to another team or evening', `${FRI} 0`);
    expect(ids(page.state.peek().drafts[FRI] ?? [])).toEqual([[-3, 1]]);
    page.getByText(/^Not saved yet: Thu, Nov 26 · Fri, Nov 27$/);
    // Whoever was moved is still the one that is looked at, where they are now.
    expect(document.activeElement?.textContent).toMatch(/^王芳/);
    await page.press('Lock 王芳 here');
    expect(ids(page.state.peek().drafts[FRI] ?? [])).toEqual([[-3, -1]]);
    await page.press('Remove 王芳 from Fri, Nov 27');
    expect(page.state.peek().drafts[FRI]).toEqual(known[1]?.teams);
    for (const _ of [1, 2, 3]) await page.press('Undo');
    page.getByText('Everything is saved.');
    await page.press(/^Li Wei/);
    await page.choose('Swap Li Wei with somebody', `${THU} 3`);
    expect(ids(page.state.peek().drafts[THU] ?? [])).toEqual([[1, 3], [2]]);
  });

  it('moves by keys, too', async () => {
    const page = await atWeek(here);
    const chip = page.getByRole('button', { name: /^Li Wei/ });
    await act(async () => void fireEvent.keyDown(chip, { key: 'ArrowDown', shiftKey: true }));
    expect(ids(page.state.peek().drafts[THU] ?? [])).toEqual([[1], [3, 2]]);
    const moved = page.getByRole('button', { name: /^Li Wei/ });
    await act(async () => void fireEvent.keyDown(moved, { key: 'ArrowLeft', shiftKey: true }));
    expect(ids(page.state.peek().drafts[WED] ?? [])).toEqual([[], [2]]);
    const there = page.getByRole('button', { name: /^Li Wei/ });
    await act(async () => void fireEvent.keyDown(there, { key: 'Delete' }));
    expect(ids(page.state.peek().drafts[WED] ?? [])).toEqual([[], []]);
  });

  it('moves by dragging', async () => {
    const page = await atWeek(here);
    const data = new Map<string, string>();
    const dataTransfer = {
      types: ['application/x-zhugan-place'],
      setData: (type: string, text: string) => void data.set(type, text),
      getData: (type: string) => data.get(type) ?? '',
    };
    const dragged = page.getByRole('button', { name: /^王芳/ }).closest('li');
    const onto = page.getByLabelText('Name of team 1, Fri, Nov 27').closest('li');
    if (dragged === null || onto === null) throw new Error('nothing to drag');
    await act(async () => {
      for (const [type, at] of [
        ['dragstart', dragged],
        ['drop', onto],
      ] as const) {
        const event = new Event(type, { bubbles: true, cancelable: true });
        at.dispatchEvent(Object.assign(event, { dataTransfer }));
      }
    });
    expect(ids(page.state.peek().drafts[FRI] ?? [])).toEqual([[-3, 1]]);
  });

  it('adds somebody from a list that names whoever does not come last', async () => {
    const page = await atWeek(here);
    await page.press('1 open: Add somebody to Team 1, Fri, Nov 27');
    const list = page.getByRole('combobox', { name: 'Add somebody to Team 1, Fri, Nov 27' });
    expect([...list.querySelectorAll('option')].map((one) => one.value)).toEqual(['', '1', '2']);
    expect(list.querySelector('optgroup')?.label).toBe('Not on this day');
    await page.choose('Add somebody to Team 1, Fri, Nov 27', '2');
    expect(ids(page.state.peek().drafts[FRI] ?? [])).toEqual([[-3, 2]]);
  });

  it('saves an evening with what was seen, as published as it was', async () => {
    const page = await atWeek({
      ...here,
      [`PUT evenings/${THU}`]: (body: object) => ({ ...evening(THU), ...body, validator: '"2"' }),
    });
    page.store.dispatch({ is: 'removed', spot: { day: THU, volunteer: 1 } });
    await settle();
    await page.press('Save Thu, Nov 26');
    await settle();
    expect(page.asked.at(-1)).toEqual({
      what: `PUT evenings/${THU}`,
      body: { teams: teams([2], [3]), published: true },
      ifMatch: `"evening-${THU}-0"`,
    });
    expect(page.said()).toBe('Nov 26, 2026 is saved');
    page.getByText('Everything is saved.');
  });

  it('publishes the evenings that are still to come, after asking', async () => {
    const put = (day: string) => (body: object) => ({ ...evening(day), ...body, validator: '"2"' });
    const page = await atWeek({
      'GET evenings': () => ({
        evenings: week(evening(MONDAY, teams([1])), evening(WED, teams([1])), ...known),
      }),
      [`PUT evenings/${WED}`]: put(WED),
      [`PUT evenings/${FRI}`]: put(FRI),
    });
    await page.press('Publish the week');
    page.getByText(/^Evenings: 2\./);
    await page.press('Publish');
    await settle();
    const puts = page.asked.filter(({ what }) => what.startsWith('PUT'));
    expect(puts.map(({ what, body }) => [what, (body as { published: boolean }).published])).toEqual([
      [`PUT evenings/${WED}`, true],
      [`PUT evenings/${FRI}`, true],
    ]);
    expect(page.said()).toBe('Published: 2 evenings');
  });

  it('shows what somebody else was faster with, and keeps mine or takes theirs', async () => {
    const theirs = evening(THU, teams([2]), { validator: '"theirs"' });
    let tries = 0;
    let looks = 0;
    const page = await atWeek({
      'GET evenings': (_: never, url: URL) => {
        looks += 1;
        return { evenings: url.searchParams.get('days') === '1' ? [theirs] : week(...known) };
      },
      [`PUT evenings/${THU}`]: (body: object) => {
        tries += 1;
        return tries === 1 ? refused(412, 'changed-meanwhile') : { ...theirs, ...body, validator: '"3"' };
      },
    });
    page.store.dispatch({ is: 'removed', spot: { day: THU, volunteer: 1 } });
    await settle();
    await page.press('Save Thu, Nov 26');
    await settle();
    expect(looks).toBe(2);
    const alert = thursday(page)
      .getByText(/^Somebody else was faster/)
      .closest('[role=alert]');
    expect(alert?.textContent).toContain('Team 1: Li Wei');
    await page.press('Keep mine');
    await settle();
    expect(page.asked.at(-1)).toMatchObject({
      body: { teams: teams([2], [3]), published: true },
      ifMatch: '"theirs"',
    });
    expect(page.state.peek().conflicts).toEqual({});
  });

  it('asks nothing where somebody else was faster with the very same', async () => {
    const theirs = evening(FRI, teams([-3]), { published: true, validator: '"theirs"' });
    const page = await atWeek({
      'GET evenings': (_: never, url: URL) => ({
        evenings: url.searchParams.get('days') === '1' ? [theirs] : week(...known),
      }),
      [`PUT evenings/${FRI}`]: () => refused(412, 'changed-meanwhile'),
    });
    await page.press('Publish Fri, Nov 27');
    await settle();
    expect(page.state.peek().conflicts).toEqual({});
    expect(page.state.peek().kept[FRI]?.published).toBe(true);
    expect(page.said()).toBe('Nov 27, 2026 is published.');
  });

  it('says at its evening that somebody there has left', async () => {
    const page = await atWeek({
      'GET evenings': () => ({ evenings: week(evening(THU, teams([9]))) }),
      [`PUT evenings/${THU}`]: () => refused(404, 'unknown-volunteer'),
    });
    thursday(page).getByRole('button', { name: /No. 9.*has left/ });
    await page.press('Publish Thu, Nov 26');
    await settle();
    thursday(page).getByText(/^Somebody on this evening has left the list/);
  });
});

describe('a proposed week', () => {
  const proposed = week(evening(WED, teams([1], [2]))).slice(2);
  const answers = {
    'POST evenings/proposals': () => proposal(proposed, { 1: 3, 2: 4, 3: 3 }),
  };

  it('asks for the evenings that are left, and keeps nothing by itself', async () => {
    const page = await atWeek(answers);
    page.can.wish({ members: 1 });
    await page.press('Propose the week');
    await settle();
    expect(page.asked.at(-1)).toMatchObject({
      what: 'POST evenings/proposals',
      body: { from: WED, days: 5, teams: 2, members: 1 },
    });
    page.getByText('Everybody is on between 3 and 4 times in five weeks.');
    page.getByText('Places open: 8');
    page.getByText('Teams without a swimmer: 1');
    page.getByText(/^Not saved yet: Wed, Nov 25$/);
    expect(page.asked.some(({ what }) => what.startsWith('PUT'))).toBe(false);
  });

  it('asks first whether changes are saved, since locks count from then on', async () => {
    const page = await atWeek({
      ...answers,
      [`PUT evenings/${THU}`]: (body: object) => ({ ...evening(THU), ...body, validator: '"2"' }),
    });
    page.store.dispatch({ is: 'added', day: THU, team: 0, volunteer: 3 });
    await settle();
    await page.press('Propose the week');
    page.getByText(/^A proposal starts from what is saved/);
    await page.press('Save, then propose');
    await settle();
    expect(page.asked.slice(-3).map(({ what }) => what.replace(/\?.*/, ''))).toEqual([
      `PUT evenings/${THU}`,
      'POST evenings/proposals',
      'GET evenings',
    ]);
  });

  it('proposes nothing for a week that is over', async () => {
    const page = await atWeek(answers);
    await page.press(/Week before/);
    await settle();
    expect(page.getByRole('button', { name: 'Propose the week' })).toHaveProperty('disabled', true);
  });
});

describe('the volunteers', () => {
  const applied = { ...person(7, 'Zhou Jie', { phone: '138' }), state: 'applied' as const };
  const answers = { 'GET volunteers': () => ({ volunteers: [...PEOPLE, applied] }) };
  async function atPeople(more: Parameters<typeof opened>[0] = {}) {
    const page = await atWeek({ ...answers, ...more });
    await page.press(/^Volunteers/);
    await vi.waitFor(() => page.getByText('On the list: 3'));
    return page;
  }

  it('are added with what is said of them', async () => {
    const page = await atPeople({
      'POST volunteers': (body: object) => ({ ...person(8, 'Sun Li'), ...body }),
    });
    await page.press('Add a volunteer');
    const type = (label: string, value: string) =>
      act(async () => void fireEvent.input(page.getByLabelText(label), { target: { value } }));
    await type('Name', ' Sun Li ');
    await type('Phone', '139');
    await act(async () => void fireEvent.click(page.getByLabelText('swims')));
    await act(async () => void fireEvent.click(page.getByLabelText('Sun')));
    await page.press('Save');
    await settle();
    expect(page.asked.at(-1)).toMatchObject({
      what: 'POST volunteers',
      body: {
        who: { name: 'Sun Li', skills: ['swimmer'], weekdays: [1, 2, 3, 4, 5, 6], phone: '139' },
        account: null,
        state: 'active',
      },
    });
    page.getByText('On the list: 4');
    expect(page.said()).toBe('Sun Li is on the list.');
  });

  it('are said anew with their validator; whoever was faster is shown', async () => {
    let n_asked = 0;
    const page = await atPeople({
      'GET volunteers': () => {
        n_asked += 1;
        const anna = { ...person(3, n_asked > 1 ? 'Anna Keller' : 'Anna'), validator: `"${n_asked}"` };
        return { volunteers: [...PEOPLE.slice(0, 2), anna] };
      },
      'PUT volunteers/3': () => refused(412, 'changed-meanwhile'),
    });
    await page.press(/^Edit Anna/);
    await page.press('Save');
    await settle();
    const put = page.asked.find(({ what }) => what === 'PUT volunteers/3');
    expect(put?.ifMatch).toBe('"2"');
    page.getByText(/^Somebody has just changed|^Somebody else/);
    expect(page.asked.at(-1)?.what).toBe('GET volunteers');
  });

  it('are accepted or declined, and leave without their number and account', async () => {
    const page = await atPeople({
      'PUT volunteers/7': (body: object) => ({ ...applied, ...body }),
      'PUT volunteers/1': (body: object) => ({ ...person(1, '王芳'), ...body }),
    });
    await page.press('Accept Zhou Jie');
    await settle();
    expect(page.asked.at(-1)).toMatchObject({
      body: { state: 'active', who: { phone: '138' } },
      ifMatch: '"volunteer-7-1"',
    });
    await page.press('王芳 leaves');
    page.getByText(/phone number and their account here are deleted/);
    await page.press('Take off the list');
    await settle();
    expect(page.asked.at(-1)).toMatchObject({
      body: { state: 'left', account: null, who: { name: '王芳', phone: null } },
    });
    expect(page.queryByText('王芳')).toBeNull();
  });

  it('are found by name and by what they can do', async () => {
    const page = await atPeople();
    await act(
      async () => void fireEvent.input(page.getByLabelText('Find'), { target: { value: 'rescue-team' } }),
    );
    page.getByText('Found: 1');
    await act(async () => void fireEvent.input(page.getByLabelText('Find'), { target: { value: '' } }));
    await page.choose('Show', 'swimmer');
    page.getByText('Found: 1');
    page.getByText('王芳');
  });

  it('are invited by a link to their own page', async () => {
    const page = await atPeople();
    await page.press('Invitation link');
    await settle();
    expect(page.register.invite).toHaveBeenCalledWith({ role: 'volunteer', region: 'here' });
    const link = (page.getByLabelText('Invitation link for a volunteer') as HTMLInputElement).value;
    expect(link).toMatch(/\/v#invitation=T0KEN$/);
    page.getByText(/enter that account name here/);
    await page.press('Copy the link');
    expect(page.copy).toHaveBeenCalledWith(link);
  });

  it('on the list without an account are invited one by one: the account is theirs', async () => {
    const [first, ...others] = PEOPLE;
    if (first === undefined) throw new Error('nobody');
    const people = [{ ...first, account: 'fang' }, ...others];
    const page = await atPeople({ 'GET volunteers': () => ({ volunteers: people }) });
    expect(page.queryByRole('button', { name: 'Invite 王芳' })).toBeNull();
    await page.press('Invite Li Wei');
    await settle();
    expect(page.register.invite).toHaveBeenCalledWith({ role: 'volunteer', region: 'here', volunteer: 2 });
    const line = within(page.getByText('Li Wei').closest('li') as HTMLElement);
    line.getByText(/^Send this link to Li Wei\./);
    const link = line.getByLabelText('Invitation link for a volunteer') as HTMLInputElement;
    expect(link.value).toMatch(/\/v#invitation=T0KEN$/);
    expect(page.queryByText(/enter that account name here/)).toBeNull();
    await page.press('Copy the link');
    expect(page.copy).toHaveBeenCalledWith(link.value);
    // The next one takes its place.
    await page.press('Invitation link');
    await settle();
    expect(line.queryByLabelText('Invitation link for a volunteer')).toBeNull();
    page.getByText(/enter that account name here/);
  });

  it('say why somebody cannot be invited, where it was tried', async () => {
    const page = await atPeople();
    page.register.invite.mockRejectedValueOnce(new Unreachable('gone') as never);
    await page.press('Invite Li Wei');
    await settle();
    within(page.getByText('Li Wei').closest('li') as HTMLElement).getByText(
      /^The service cannot be reached; nothing was changed/,
    );
  });

  it('are found by an open call, whose address is copied and opened', async () => {
    const page = await atPeople();
    const url = `${location.origin}/join/here`;
    expect(page.getByRole('link', { name: url }).getAttribute('href')).toBe(url);
    await page.press('Copy the address');
    expect(page.copy).toHaveBeenCalledWith(url);
  });
});

describe('what was seen', () => {
  const stop = (rank: number, seen_m: number) => ({
    rank,
    stretch: `s${rank}`,
    length_m: 1000,
    seen_m,
    checked_in_at: null,
    skipped: null,
    water_body: 'Rhine',
    village: 'Vaduz',
    left: [
      [
        [9.5, 47.1],
        [9.55, 47.15],
      ],
    ],
  });
  const team = {
    team: 1,
    name: null,
    state: 'active',
    started_at: '2026-11-25T11:00:00Z',
    finished_at: null,
    due_m: 2000,
    seen_m: 1200,
    flags: [
      { kind: 'too_fast', from: '2026-11-25T11:01:00Z', to: '2026-11-25T11:02:00Z' },
      { kind: 'unsure', from: '2026-11-25T11:03:00Z', to: '2026-11-25T11:04:00Z' },
    ],
    stops: [stop(1, 900), stop(2, 300)],
  };
  const planned = {
    plan: {
      day: TODAY,
      teams: [
        {
          number: 1,
          stops: [
            {
              rank: 2,
              stretch: 's2',
              water_body_name: 'Rhine',
              village_name: 'Vaduz',
              along: { side: 'left' },
              line: [
                [9.5, 47.1],
                [9.6, 47.2],
              ],
            },
          ],
        },
      ],
    },
  };

  it('is told team by team, and again when something comes in', async () => {
    const page = await atWeek({
      'GET seen': () => ({ day: TODAY, patrol: 2, teams: [team] }),
      [`GET patrols/${TODAY}`]: () => planned,
    });
    await page.press('Tonight');
    await vi.waitFor(() => page.getByText('1.2 km of 2.0 km seen (60%)'));
    expect(page.asked.some(({ what }) => what === `GET seen?day=${TODAY}`)).toBe(true);
    page.getByText('Active');
    page.getByText('Set off 12:00');
    page.getByText('Too fast for walking (12:01–12:02)');
    page.getByText('Unsure which bank they walked (12:03–12:04)');
    page.getByText('Stretches left: 1');
    await act(async () => void fireEvent.click(page.getByText('2. Rhine · left bank · Vaduz')));
    expect(page.planner.state.peek().aim?.bounds).toEqual([9.5, 47.1, 9.6, 47.2]);
    const n_asked = page.asked.filter(({ what }) => what.startsWith('GET seen')).length;
    await act(async () => page.sources.at(-1)?.told.get('patrol')?.());
    await settle();
    expect(page.asked.filter(({ what }) => what.startsWith('GET seen'))).toHaveLength(n_asked + 1);
    await page.press('Week');
    expect(page.sources.at(-1)?.close).toHaveBeenCalled();
  });

  it('calls stretches by their names also where the plan does not come', async () => {
    const nameless = { ...stop(1, 0), water_body: null, village: null };
    const page = await atWeek({
      'GET seen': () => ({ day: TODAY, patrol: 2, teams: [{ ...team, stops: [nameless, stop(2, 300)] }] }),
    });
    await page.press('Tonight');
    await vi.waitFor(() => page.getByText('1. Unnamed water'));
    // What is left of it is shown.
    await act(async () => void fireEvent.click(page.getByText('2. Rhine · Vaduz')));
    expect(page.planner.state.peek().aim?.bounds).toEqual([9.5, 47.1, 9.55, 47.15]);
  });

  it('says where there is no patrol', async () => {
    const page = await atWeek({ 'GET seen': () => ({ day: TODAY, patrol: null, teams: [] }) });
    await page.press('Tonight');
    await vi.waitFor(() => page.getByText(/^No patrol is published for Wed, Nov 25/));
  });

  const stretch = (name: string, seen: number, due: number, risk = 2) => ({
    stretch: name,
    water_body: name,
    risk,
    village: null,
    length_m: 500,
    seen,
    due,
    line: [],
  });

  it('is listed over weeks, those furthest behind first', async () => {
    const rows = [
      stretch('a', 4, 4),
      stretch('b', 1, 8),
      stretch('c', 0, 2),
      stretch('d', 0, 2, 4),
      stretch('e', 0, 0),
    ];
    expect(byBehind(rows).map((one) => one.stretch)).toEqual(['d', 'c', 'b', 'a', 'e']);
    const page = await atWeek({
      'GET seen/history': () => ({ from: '2026-10-29', to: TODAY, stretches: rows }),
    });
    await page.press('How often');
    await vi.waitFor(() => page.getByText('3 of 5 stretches were seen less often than they should be.'));
    expect(page.asked.at(-1)?.what).toBe('GET seen/history?weeks=4');
    expect(page.getAllByRole('row')[1]?.textContent).toContain('0 of 2');
    await page.choose('Look back', '8');
    await settle();
    expect(page.asked.at(-1)?.what).toBe('GET seen/history?weeks=8');
  });
});

describe('its words', () => {
  const [en, zh] = [() => wordsIn('en'), () => wordsIn('zh')];

  it('tell fairness, weekdays and weeks in both languages', () => {
    expect(timesText(en(), { least: 2, most: 2, n_people: 3 })).toBe(
      'Everybody is on 2 times in five weeks.',
    );
    expect(timesText(zh(), { least: 2, most: 3, n_people: 3 })).toBe('五周内每人 2 至 3 次。');
    expect(timesText(en(), { least: Infinity, most: -Infinity, n_people: 0 })).toBe(
      'There is nobody who could be on.',
    );
    expect(weekdaysText(en(), { weekdays: [1, 7] })).toBe('Mon, Sun');
    expect(weekdaysText(zh(), { weekdays: [1, 2, 3, 4, 5, 6, 7] })).toBe('每天都行');
    expect(weekText(en(), weekOf(MONDAY))).toMatch(/^Nov 23\s–\s29, 2026$/);
    expect(weekText(zh(), weekOf(MONDAY))).toBe('2026年11月23日 – 11月29日');
    expect(everyText(en(), WED)).toBe('Wednesdays');
    expect(everyText(zh(), WED)).toBe('周三');
  });

  it('know the problems that only the roster has', () => {
    const fault = { what: 'refused', kind: 'account-taken', why: '', retry_after_s: null } as const;
    expect(rosterFaultText(zh(), fault)).toContain('另一位志愿者');
    expect(rosterFaultText(en(), { ...fault, kind: 'changed-meanwhile' })).not.toBe('');
    expect(rosterFaultText(en(), { what: 'unreachable' })).toMatch(/cannot be reached/);
  });

  it('say in which language a name is, where it is not the page’s', () => {
    expect(langOf(en(), '王芳')).toBe('zh');
    expect(langOf(zh(), '王芳')).toBeUndefined();
  });

  it('are there in Chinese', async () => {
    const page = await atWeek({}, 'zh');
    page.getByRole('button', { name: '生成一周' });
    page.store.dispatch(came()[1] ?? { is: 'done' });
    page.getByText('全部已保存。');
  });
});
