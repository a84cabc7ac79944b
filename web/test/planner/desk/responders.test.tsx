// Who may be called: what is known of them after what has happened, who is asked what, who was faster, and what is shown to whom.
import { act, cleanup, fireEvent, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import '../../../src/planner/desk/words.ts';
import { dutyText, responderFaultText } from '../../../src/planner/desk/panels/responders/texts.ts';
import {
  changed,
  editOf,
  fieldsOf,
  lacks,
  NOBODY_YET,
  nameOf,
  rebased,
} from '../../../src/planner/desk/responders/draft.ts';
import { next } from '../../../src/planner/desk/responders/next.ts';
import {
  found,
  NOTHING_KNOWN,
  type RespondersEvent,
  type RespondersState,
} from '../../../src/planner/desk/responders/state.ts';
import { loadWords, wordsIn } from '../../../src/shared/words.ts';
import { LISTED, opened, responder } from './responding.tsx';
import { refused } from './rostered.tsx';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk', 'responders');
  await loadWords('zh', 'later', 'desk', 'responders');
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const known = (...events: RespondersEvent[]): RespondersState => events.reduce(next, NOTHING_KNOWN);
const came: RespondersEvent = { is: 'listCame', all: LISTED };
const [fang, wei, police] = LISTED as [(typeof LISTED)[0], (typeof LISTED)[0], (typeof LISTED)[0]];
const names = (state: RespondersState) => found(state).map(({ id }) => id.replace('responder-', ''));

describe('what is said of somebody who may be called', () => {
  it('is whole as it is sent: what is empty is nobody’s to know', () => {
    expect(editOf({ ...fieldsOf(fang), name: ' 王芳 ', phone: ' ', note: '' })).toEqual({
      kind: 'volunteer',
      name: '王芳',
      group: '网格员',
      village: 'Vaduz',
      phone: null,
      travel: 'foot',
      home: [9.52, 47.14],
      duty: '18:00-21:00',
      note: null,
    });
    expect(editOf(NOBODY_YET)).toBeNull();
  });

  it('cannot be saved without a place, or with hours that are none', () => {
    expect(lacks(NOBODY_YET)).toBe('home');
    const said = fieldsOf(fang);
    expect(lacks(said)).toBeNull();
    expect(lacks({ ...said, duty: '-21:00' })).toBe('duty');
    expect(lacks({ ...said, duty: '18:00-18:00' })).toBe('duty');
    expect(lacks({ ...said, duty: '22:00-02:00' })).toBeNull();
    expect(lacks({ ...said, duty: 'never' })).toBeNull();
  });

  it('keeps one’s own changes on what somebody else has said', () => {
    const base = fieldsOf(fang);
    const theirs = { ...base, village: 'Triesen', note: 'theirs' };
    const mine = { ...base, note: 'mine' };
    expect(rebased(base, theirs, mine)).toEqual({ ...base, village: 'Triesen', note: 'mine' });
    // White space around a text is no change.
    expect(changed(base, { ...base, name: ` ${base.name} ` })).toEqual([]);
  });

  it('names a station that has no name by what it is', () => {
    expect(nameOf(wordsIn('en'), police)).toBe('Police · Vaduz');
    expect(nameOf(wordsIn('zh'), police)).toBe('派出所 · Vaduz');
    expect(nameOf(wordsIn('zh'), fang)).toBe('王芳');
  });

  it('tells in words when they come', () => {
    expect(dutyText(wordsIn('en'), '18:00-21:00')).toBe('18:00–21:00 every day');
    expect(dutyText(wordsIn('zh'), 'always')).toBe('全天');
    expect(dutyText(wordsIn('en'), 'never')).toBe('only when switched on');
  });

  it('names the field that the service does not take', () => {
    const refusal = (kind: string, why: string) =>
      responderFaultText(wordsIn('en'), { what: 'refused', kind, why, retry_after_s: null });
    expect(refusal('bad-parameter', 'phone must not be empty')).toBe(
      'Check “Phone”: phone must not be empty',
    );
    expect(refusal('bad-parameter', 'note is 3000 characters long')).toMatch(/^Check “Note”/);
    expect(refusal('too-many-responders', '')).toMatch(/^The list is full/);
    expect(refusal('unknown-responder', '')).toMatch(/taken them off/);
    expect(refusal('outside-region', '')).toBe('This place lies outside the region.');
  });
});

describe('what is known of those who may be called', () => {
  it('is found by kind, name, village and group; who is on duty comes first', () => {
    expect(names(known(came))).toEqual(['3', '1', '2']);
    const early = { ...wei, name: 'Anna' };
    expect(names(known({ is: 'listCame', all: [early, responder(4, 'Berta')] }))).toEqual(['4', '2']);
    const looked = (one: Partial<RespondersState['looked']>) =>
      names(known(came, { is: 'lookedFor', looked: one }));
    expect(looked({ kind: 'police' })).toEqual(['3']);
    expect(looked({ isOnOnly: true })).toEqual(['3', '1']);
    expect(looked({ text: ' tries' })).toEqual(['2']);
    expect(looked({ text: '网格' })).toEqual(['1']);
  });

  it('takes one more, one anew, and one away', () => {
    const anew = known(came, { is: 'oneCame', one: { ...wei, on_duty: true } });
    expect(anew.all?.map(({ on_duty }) => on_duty)).toEqual([true, true, true]);
    expect(known(came, { is: 'oneCame', one: responder(4, 'Anna') }).all).toHaveLength(4);
    expect(known(came, { is: 'oneGone', id: wei.id }).all).toEqual([fang, police]);
  });

  it('keeps what is typed while the list comes anew', () => {
    const typed = known(
      came,
      { is: 'draftOpened', seen: fang },
      { is: 'saidSo', said: { note: 'mine' } },
      { is: 'listCame', all: [{ ...fang, note: 'theirs' }] },
    );
    expect(typed.draft?.said.note).toBe('mine');
    expect(typed.draft?.seen).toBe(fang);
  });

  it('takes one tap for where somebody sets off, and none without a form', () => {
    const picking = known({ is: 'draftOpened', seen: null }, { is: 'picking', picks: true });
    expect(picking.picks).toBe(true);
    const picked = next(picking, { is: 'picked', at: [9.5, 47.1] });
    expect([picked.picks, picked.draft?.said.home]).toEqual([false, [9.5, 47.1]]);
    expect(known({ is: 'picking', picks: true }).picks).toBe(false);
  });

  it('does not end what is being done when only a look has failed', () => {
    const doing = { what: 'save', about: null } as const;
    const fault = { what: 'unreachable' } as const;
    const busy = known({ is: 'begun', doing });
    expect(next(busy, { is: 'failed', doing: { what: 'list', about: null }, fault }).doing).toBe(doing);
    expect(next(busy, { is: 'failed', doing, fault }).doing).toBeNull();
    const looked = known(came, { is: 'failed', doing: { what: 'list', about: null }, fault });
    expect(next(looked, came).fault).toBeNull();
  });

  it('settles a conflict as one chooses', () => {
    const mine = { ...fieldsOf(fang), note: 'mine' };
    const theirs = { ...fang, village: 'Triesen', validator: '"responder-1-2"' };
    const conflicted = known(
      came,
      { is: 'draftOpened', seen: fang },
      { is: 'saidSo', said: { note: 'mine' } },
      { is: 'conflicted', conflict: { deed: 'save', seen: fang, mine, theirs } },
    );
    expect(next(conflicted, { is: 'settled', how: 'theirs' })).toMatchObject({ draft: null, conflict: null });
    const again = next(conflicted, { is: 'settled', how: 'again' });
    expect(again.draft).toEqual({ seen: theirs, said: { ...mine, village: 'Triesen' } });
    const later = next(conflicted, { is: 'settled', how: 'later' });
    expect([later.conflict, later.draft?.said]).toEqual([null, mine]);
  });

  it('is forgotten when one leaves', () => {
    expect(known(came, { is: 'draftOpened', seen: fang }, { is: 'left' })).toBe(NOTHING_KNOWN);
  });
});

describe('the list of those who may be called', () => {
  const rowOf = (page: ReturnType<typeof opened>, name: string) => {
    const row = page.getByText(name).closest('li');
    if (row === null) throw new Error(`no row of ${name}`);
    return within(row);
  };

  it('tells by kind who comes now, how to call them, and what is made up', async () => {
    const page = opened();
    await page.settled();
    page.getByText('Found: 3, on duty now: 2');
    const row = rowOf(page, '王芳');
    row.getByText('On duty');
    row.getByText('网格员 · Vaduz · on foot · 18:00–21:00 every day');
    expect(row.getByRole('link').getAttribute('href')).toBe('tel:057587000001');
    expect(row.queryByText('made up')).toBeNull();
    rowOf(page, 'Li Wei').getByText('made up');
    rowOf(page, 'Li Wei').getByText('Off duty');
    expect(page.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Volunteers 2',
      'Police 1',
    ]);
    await page.choose('Kind', 'police');
    page.getByText('Found: 1, on duty now: 1');
  });

  it('says that it is on its way, that nobody is on it, and that it did not come', async () => {
    const empty = opened({ answers: { 'GET responders': () => ({ responders: [] }) }, language: 'zh' });
    expect(empty.container.querySelector('.skeleton')).not.toBeNull();
    await empty.settled();
    empty.getByText('名单还是空的。请在上方添加。');
    cleanup();
    let isBack = false;
    const page = opened({
      answers: {
        'GET responders': () => (isBack ? { responders: LISTED } : Promise.reject(new TypeError('no line'))),
      },
    });
    await page.settled();
    expect(page.getByRole('alert').textContent).toMatch(/cannot be reached/);
    isBack = true;
    await page.press('Try again');
    await page.settled();
    page.getByText('Found: 3, on duty now: 2');
  });

  it('is asked for by nobody but dispatchers, and forgotten when they leave', async () => {
    const other = opened({ role: 'volunteer' });
    await other.settled();
    expect(other.asked).toEqual([]);
    expect(other.sources).toEqual([]);
    cleanup();
    const page = opened({ role: 'dispatcher' });
    await page.settled();
    page.getByText('王芳');
    await act(async () => page.signIn('volunteer'));
    expect(page.queryByText('王芳')).toBeNull();
    expect(page.sources[0]?.close).toHaveBeenCalled();
    expect(page.planner.state.peek().proposed).toEqual([]);
    expect(page.count('GET responders')).toBe(1);
  });

  it('is asked for again when it has changed, as long as somebody looks', async () => {
    let all = LISTED;
    const page = opened({ answers: { 'GET responders': () => ({ responders: all }) } });
    await page.settled();
    all = [fang];
    expect(page.sources.map(({ url }) => url)).toEqual(['/api/v1/regions/here/events']);
    await act(async () => page.sources[0]?.told.get('responders')?.());
    await page.settled();
    page.getByText('Found: 1, on duty now: 1');
    await act(async () => page.pickView('notices'));
    expect(page.sources[0]?.close).toHaveBeenCalled();
  });

  it('drops an answer that was asked for before a change', async () => {
    let answer = (_: object) => {};
    let looks = 0;
    const page = opened({
      answers: {
        'GET responders': () => {
          looks += 1;
          return looks === 1 ? { responders: LISTED } : new Promise<object>((done) => (answer = done));
        },
        'PATCH responders/responder-2': () => ({ ...wei, says_on_duty: true, on_duty: true }),
      },
    });
    await page.settled();
    await act(async () => page.sources[0]?.told.get('responders')?.());
    await act(async () => void fireEvent.click(rowOf(page, 'Li Wei').getByRole('button', { name: 'On' })));
    await page.settled();
    answer({ responders: LISTED });
    await page.settled();
    rowOf(page, 'Li Wei').getByText('On duty');
  });

  it('switches somebody on, off, and back to their hours', async () => {
    const turned: unknown[] = [];
    const page = opened({
      answers: {
        'PATCH responders/responder-2': (body: { on_duty: boolean | null }) => {
          turned.push(body);
          return { ...wei, says_on_duty: body.on_duty, on_duty: body.on_duty ?? true };
        },
      },
    });
    await page.settled();
    const button = (name: string) => rowOf(page, 'Li Wei').getByRole('button', { name });
    expect(button('Off').getAttribute('aria-pressed')).toBe('true');
    await act(async () => void fireEvent.click(button('On')));
    await page.settled();
    expect(button('On').getAttribute('aria-pressed')).toBe('true');
    rowOf(page, 'Li Wei').getByText('On duty');
    await act(async () => void fireEvent.click(button('By hours')));
    await page.settled();
    expect(turned).toEqual([{ on_duty: true }, { on_duty: null }]);
    expect(button('By hours').getAttribute('aria-pressed')).toBe('true');
  });

  it('tells where it was tried that somebody is off the list already, and asks for it again', async () => {
    const page = opened({
      answers: { 'PATCH responders/responder-2': () => refused(404, 'unknown-responder') },
    });
    await page.settled();
    await act(async () => void fireEvent.click(rowOf(page, 'Li Wei').getByRole('button', { name: 'On' })));
    await page.settled();
    rowOf(page, 'Li Wei').getByText('Somebody has taken them off the list already.');
    expect(page.count('GET responders')).toBe(2);
  });

  it('shows on the map where they set off, and while one is described only them', async () => {
    const page = opened();
    await page.settled();
    const shown = () => page.planner.state.peek().proposed.map((one) => ('is' in one ? one.is : 'line'));
    expect(shown()).toEqual(['changed', 'added', 'added']);
    await act(async () => void fireEvent.click(rowOf(page, '王芳').getByRole('button', { name: '王芳' })));
    expect(page.planner.state.peek().aim?.bounds).toEqual([9.516, 47.137, 9.524, 47.143]);
    await page.press('Edit 王芳');
    expect(shown()).toEqual(['added']);
    await act(async () => page.pickView('notices'));
    expect(shown()).toEqual([]);
  });
});

describe('the form of somebody who may be called', () => {
  const tapAt = (page: ReturnType<typeof opened>, at: [number, number]) =>
    act(async () => page.planner.dispatch({ is: 'mapTapped', at, thing: null }));

  it('adds somebody by a tap on the map', async () => {
    const sent: unknown[] = [];
    const page = opened({
      answers: {
        'POST responders': (body: object) => {
          sent.push(body);
          return responder(4, 'Anna', { home: [9.6, 47.2] });
        },
      },
    });
    await page.settled();
    await page.press('Add a responder');
    const save = () => page.getByRole('button', { name: 'Save' });
    expect(save()).toHaveProperty('disabled', true);
    page.getByText(/^Say where they set off/);
    await page.type('Name', 'Anna');
    await page.choose('On duty', 'hours');
    await page.type('Until', '23:30');
    await page.press('Choose on the map');
    expect(page.planner.state.peek()).toMatchObject({ mode: { what: 'mark' }, sheet: 'peek' });
    await tapAt(page, [9.6, 47.2]);
    expect(page.planner.state.peek()).toMatchObject({ mode: { what: 'look' }, marked: null });
    expect(page.getByLabelText('Coordinates')).toHaveProperty('value', '47.20000, 9.60000');
    await page.press('Save');
    await page.settled();
    expect(sent).toEqual([
      {
        kind: 'volunteer',
        name: 'Anna',
        group: null,
        village: null,
        phone: null,
        travel: 'foot',
        home: [9.6, 47.2],
        duty: '18:00-23:30',
        note: null,
      },
    ]);
    expect(page.said()).toBe('Anna is on the list');
    page.getByText('Found: 4, on duty now: 3');
    expect(document.activeElement?.textContent).toBe('Add a responder');
  });

  it('takes typed coordinates where no map is', async () => {
    const page = opened({ hasMap: false });
    await page.settled();
    await page.press('Add a responder');
    expect(page.queryByRole('button', { name: 'Choose on the map' })).toBeNull();
    await page.type('Coordinates', '47.2, 9.6');
    await act(
      async () => void fireEvent.submit(page.getByLabelText('Coordinates').closest('form') as Element),
    );
    expect(page.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', false);
  });

  it('stops choosing when one cancels, and what is typed lives on while one looks at the map', async () => {
    const page = opened();
    await page.settled();
    await page.press('Edit 王芳');
    await page.type('Note', 'mine');
    await page.press('Choose on the map');
    await act(async () => page.planner.dispatch({ is: 'modeSet', mode: { what: 'look' } }));
    expect(page.getByRole('button', { name: 'Choose on the map' }).getAttribute('aria-pressed')).toBe(
      'false',
    );
    expect(page.getByLabelText('Note')).toHaveProperty('value', 'mine');
    await page.press('Choose on the map');
    await page.press('Cancel');
    expect(page.planner.state.peek().mode).toEqual({ what: 'look' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit 王芳');
  });

  it('tells what the service does not take, and keeps what was typed', async () => {
    const problem = {
      type: '/problems/bad-parameter',
      title: '',
      status: 400,
      detail: 'phone must not be so',
    };
    const page = opened({
      answers: {
        'PUT responders/responder-1': () =>
          new Response(JSON.stringify(problem), {
            status: 400,
            headers: { 'content-type': 'application/problem+json' },
          }),
      },
    });
    await page.settled();
    await page.press('Edit 王芳');
    await page.type('Phone', '1');
    await page.press('Save');
    await page.settled();
    page.getByText('Check “Phone”: phone must not be so');
    expect(page.getByLabelText('Phone')).toHaveProperty('value', '1');
  });

  it('says that the list is full where one adds', async () => {
    const page = opened({
      hasMap: false,
      answers: { 'POST responders': () => refused(409, 'too-many-responders') },
    });
    await page.settled();
    await page.press('Add a responder');
    await page.type('Coordinates', '47.2, 9.6');
    await act(
      async () => void fireEvent.submit(page.getByLabelText('Coordinates').closest('form') as Element),
    );
    await page.press('Save');
    await page.settled();
    page.getByText(/^The list is full/);
  });

  /** Somebody else is faster once; from then on the service takes what it is sent. */
  function faster(theirs: (typeof LISTED)[0] | null) {
    let isTaken = false;
    const all = () =>
      isTaken ? LISTED.flatMap((one) => (one.id === fang.id ? (theirs ?? []) : one)) : LISTED;
    const sent: unknown[] = [];
    const meet = (body: unknown) => {
      if (!isTaken) {
        isTaken = true;
        return refused(412, 'changed-meanwhile');
      }
      sent.push(body);
      return body === null
        ? new Response(null, { status: 204 })
        : { ...fang, ...(body as object), validator: '"responder-1-3"' };
    };
    const answers = {
      'GET responders': () => ({ responders: all() }),
      'PUT responders/responder-1': meet,
      'DELETE responders/responder-1': meet,
    };
    return { answers, sent };
  }
  const edited = async (theirs: (typeof LISTED)[0] | null) => {
    const { answers, sent } = faster(theirs);
    const page = opened({ answers });
    await page.settled();
    await page.press('Edit 王芳');
    await page.type('Note', 'mine');
    await page.press('Save');
    await page.settled();
    return { page, sent };
  };
  const THEIRS = { ...fang, village: 'Triesen', note: 'theirs', validator: '"responder-1-2"' };

  it('shows both versions to whoever is slower, and writes one’s own over theirs', async () => {
    const { page, sent } = await edited(THEIRS);
    const dialog = within(page.getByRole('dialog', { name: 'Somebody else has changed 王芳' }));
    const rows = dialog.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toEqual([
      'FieldTheirs, nowYours',
      'VillageTriesen(not changed by you: stays theirs)',
      'Notetheirsmine',
    ]);
    await act(async () => void fireEvent.click(dialog.getByRole('button', { name: 'Write mine over it' })));
    await page.settled();
    expect(sent).toMatchObject([{ village: 'Triesen', note: 'mine' }]);
    expect(page.asked.filter(({ what }) => what.startsWith('PUT')).map(({ ifMatch }) => ifMatch)).toEqual([
      '"responder-1-1"',
      '"responder-1-2"',
    ]);
    expect(page.said()).toBe('王芳 is saved');
    expect(page.queryByRole('dialog')).toBeNull();
  });

  it('keeps theirs, or lets one edit again on what they said', async () => {
    const { page, sent } = await edited(THEIRS);
    await page.press('Keep theirs');
    expect(page.queryByLabelText('Note')).toBeNull();
    page.getByText('theirs');
    expect(sent).toEqual([]);
    cleanup();
    const again = await edited(THEIRS);
    await again.page.press('Edit again');
    expect(again.page.getByLabelText('Note')).toHaveProperty('value', 'mine');
    expect(again.page.getByLabelText('Village')).toHaveProperty('value', 'Triesen');
  });

  it('sends it anew where nothing was said otherwise, and leaves it where the very same was', async () => {
    const { sent, page } = await edited({ ...fang, validator: '"responder-1-2"' });
    expect(sent).toMatchObject([{ note: 'mine' }]);
    expect(page.queryByRole('dialog')).toBeNull();
    cleanup();
    const same = await edited({ ...fang, note: 'mine', validator: '"responder-1-2"' });
    expect(same.sent).toEqual([]);
    expect(same.page.queryByRole('dialog')).toBeNull();
    expect(same.page.said()).toBe('王芳 is saved');
  });

  it('says that somebody has been taken off meanwhile', async () => {
    const { page } = await edited(null);
    page.getByText(/^Somebody has taken them off the list; your changes/);
    expect(page.queryByRole('button', { name: 'Write mine over it' })).toBeNull();
    const close = within(page.getByRole('dialog')).getAllByRole('button', { name: 'Close' });
    await act(async () => void fireEvent.click(close.at(-1) as HTMLElement));
    page.getByText('Found: 2, on duty now: 1');
  });

  it('says so too where the service knows them no longer, and has nothing left to do where one takes them off', async () => {
    const gone = () => refused(404, 'unknown-responder');
    const answers = { 'PUT responders/responder-1': gone, 'DELETE responders/responder-1': gone };
    const page = opened({ answers });
    await page.settled();
    await page.press('Edit 王芳');
    await page.type('Note', 'mine');
    await page.press('Save');
    await page.settled();
    page.getByText(/^Somebody has taken them off the list; your changes/);
    cleanup();
    const other = opened({ answers });
    await other.settled();
    await other.press('Remove 王芳');
    await other.press('Take off the list');
    await other.settled();
    expect(other.said()).toBe('王芳 is off the list');
    expect(other.queryByText('王芳')).toBeNull();
  });

  it('takes nobody off before it is said again, and shows what was changed before', async () => {
    const { answers, sent } = faster(THEIRS);
    const page = opened({ answers });
    await page.settled();
    await page.press('Remove 王芳');
    expect(page.asked.some(({ what }) => what.startsWith('DELETE'))).toBe(false);
    await page.press('Take off the list');
    await page.settled();
    const dialog = within(page.getByRole('dialog'));
    dialog.getByText('Before you took them off the list, somebody changed them:');
    expect(dialog.getAllByRole('row')).toHaveLength(3);
    await act(async () => void fireEvent.click(dialog.getByRole('button', { name: 'Take off the list' })));
    await page.settled();
    expect(sent).toEqual([null]);
    expect(page.asked.at(-1)?.ifMatch).toBe('"responder-1-2"');
    expect(page.said()).toBe('王芳 is off the list');
    expect(page.queryByText('王芳')).toBeNull();
  });
});
