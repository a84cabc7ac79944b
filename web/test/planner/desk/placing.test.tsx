// Where the next pieces go: the search that follows what is wished, what is accepted of it, and what is taken away.
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { accept } from '../../../src/planner/desk/placing/accepting.ts';
import { flattensAfter, movedOnes, possibleShare } from '../../../src/planner/desk/placing/answers.ts';
import { tasksCsv, tasksGpx, tasksOf } from '../../../src/planner/desk/placing/files.ts';
import { next } from '../../../src/planner/desk/placing/next.ts';
import { openPlacing } from '../../../src/planner/desk/placing/placing.tsx';
import { type Kept, type PlacingEvent, requestOf } from '../../../src/planner/desk/placing/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { NOTHING_TRIED, put, undone } from '../../../src/planner/scenario.ts';
import { storeOf } from '../../../src/planner/store.ts';
import { Unreachable } from '../../../src/shared/api.ts';
import type { LonLat } from '../../../src/shared/contract.ts';
import { wordsIn } from '../../../src/shared/words.ts';
import { coverageCame, evaluation, pageAfter, region, regionsCame } from '../../world.ts';
import { curveOf, done, job, opened, placed, placement, placingWords, refusal, site } from './placed.tsx';

placingWords();

describe('what is known of the search', () => {
  it('drops an answer to a question that nobody asks any more', () => {
    const state = placed({ is: 'searchBegun', search: 1 }, { is: 'searchBegun', search: 2 });
    expect(next(state, { is: 'jobCame', search: 1, job: done() })).toBe(state);
    const fault = { what: 'unreachable' } as const;
    expect(next(state, { is: 'searchFailed', search: 1, fault })).toBe(state);
  });

  it('does not let a late look take back that a search has ended', () => {
    const state = placed({ is: 'searchBegun', search: 1 }, { is: 'jobCame', search: 1, job: done() });
    expect(next(state, { is: 'jobCame', search: 1, job: job() })).toBe(state);
  });

  it('keeps the last answer while another is looked for', () => {
    const state = placed(
      { is: 'searchBegun', search: 1 },
      { is: 'jobCame', search: 1, job: done() },
      { is: 'searchBegun', search: 2 },
      { is: 'jobCame', search: 2, job: job({ id: 'j2' }) },
    );
    expect(state.shown?.result.sites).toHaveLength(2);
    expect(state.job?.result).toBeNull();
  });

  it('wishes for one to a hundred pieces, in whole ones', () => {
    expect(placed({ is: 'wished', wish: { sites: 400 } }).wish.sites).toBe(100);
    expect(placed({ is: 'wished', wish: { sites: 0 } }).wish.sites).toBe(1);
    expect(placed({ is: 'wished', wish: { cover_percent: 94.6 } }).wish.cover_percent).toBe(95);
  });

  it('asks for a number or for a share, with the page’s limit, and what is put up first', () => {
    const page = pageAfter(regionsCame);
    const asked = requestOf(placed({ is: 'wished', wish: { kind: 'ring' } }), page);
    expect(asked).toMatchObject({ sites: 20, limit_m: 50, kinds: ['ring', 'pole', 'rope'], required: [] });
    expect('cover_percent' in asked).toBe(false);
    const share = requestOf(placed({ is: 'wished', wish: { goal: 'cover' } }), page);
    expect(share.cover_percent).toBe(95);
    expect('sites' in share).toBe(false);
  });

  it('keeps three scenarios, each name once', () => {
    const kept = (name: string, after_m = 0): Kept => ({
      name,
      whatIfs: [],
      accepted: [],
      limit_m: 50,
      bank_m: 1,
      before_m: 0,
      after_m,
    });
    const keep = (one: Kept): PlacingEvent => ({ is: 'keptAs', kept: one });
    const state = placed(...['a', 'b', 'c', 'd'].map((name) => keep(kept(name))), keep(kept('c', 5)));
    expect(state.kept.map(({ name, after_m }) => name + after_m)).toEqual(['b0', 'd0', 'c5']);
  });
});

describe('what an answer says', () => {
  it('flattens after the last piece that adds half of what the best one adds', () => {
    expect(flattensAfter(curveOf(200, 100, 90, 10))).toBe(2);
    expect(flattensAfter(curveOf(100, 200, 99, 100, 1))).toBe(4);
    expect(flattensAfter(curveOf(0, 0))).toBeNull();
  });

  it('tells how much better is possible only once there is a first answer', () => {
    expect(possibleShare({ value: null, bound: 5 })).toBeNull();
    expect(possibleShare({ value: 600, bound: 612 })).toBeCloseTo(0.02);
    expect(possibleShare({ value: 600, bound: 599.9 })).toBe(0);
  });
});

describe('accepting', () => {
  it('is one step to undo, however many are accepted', () => {
    const { scenario, accepted } = accept(put(NOTHING_TRIED, 'rope', [9, 47]), [site(1), site(2)]);
    expect(accepted.map(({ letter }) => letter)).toEqual(['B', 'C']);
    expect(scenario.whatIfs.map(({ letter, kind }) => letter + kind)).toEqual(['Arope', 'Bpole', 'Cpole']);
    expect(undone(scenario).whatIfs).toHaveLength(1);
  });

  it('takes as many as there are letters', () => {
    const sites = Array.from({ length: 120 }, (_, i) => site(i + 1));
    expect(accept(NOTHING_TRIED, sites).scenario.whatIfs).toHaveLength(104);
  });

  it('tells a moved piece by its letter', () => {
    const { scenario, accepted } = accept(NOTHING_TRIED, [site(1), site(2)]);
    expect(movedOnes(accepted, scenario.whatIfs)).toEqual([]);
    const to = (letter: string, at: LonLat) => (letter === 'B' ? ([at[0], at[1] + 0.001] as LonLat) : at);
    const whatIfs = scenario.whatIfs.map((w) => ({ ...w, at: to(w.letter, w.at) }));
    expect(movedOnes(accepted, whatIfs)).toEqual([{ letter: 'B', by_m: expect.closeTo(111.2, 0) }]);
  });
});

describe('the work list', () => {
  const t = () => wordsIn('en');
  const evil = [site(1, { water_body_name: '=HYPERLINK("x")', village_name: '<b>&"\u0007' })];
  const state = () =>
    placed({ is: 'searchBegun', search: 1 }, { is: 'jobCame', search: 1, job: done({ sites: evil }) });

  it('begins no formula in a spreadsheet', () => {
    const text = tasksCsv(tasksOf(state(), []), t());
    expect(text.startsWith('\uFEFFNo.,')).toBe(true);
    expect(text).toContain(',"\'=HYPERLINK(""x"")",');
    expect(text).toContain('1,,Rescue pole,9.51,47.1,');
  });

  it('is well-formed XML, whatever a name holds', () => {
    const text = tasksGpx(tasksOf(state(), []), t(), 'Here & there', 'made up');
    const read = new DOMParser().parseFromString(text, 'application/xml');
    expect(read.querySelector('parsererror')).toBeNull();
    expect(text).toContain('&lt;b&gt;&amp;&quot;</name>');
    expect(text).not.toContain('\u0007');
    expect(text).toContain('<wpt lat="47.1" lon="9.51">');
  });

  it('holds what is on the page, where it stands now, once something is', () => {
    const { scenario, accepted } = accept(NOTHING_TRIED, [site(1, { kind: 'ring' })]);
    const whatIfs = scenario.whatIfs.map((w) => ({ ...w, at: [9.51, 47.101] as LonLat }));
    const tasks = tasksOf({ ...state(), accepted }, whatIfs);
    expect(tasks).toHaveLength(1);
    expect(tasksCsv(tasks, t())).toContain(
      '1,A,Life ring,9.51,47.101,Rhine,Vaduz,left bank,100,200,nothing near,111.2',
    );
  });
});

describe('the panel of proposed places', () => {
  it('asks when it is told to, and shows a first answer while a better one is looked for', async () => {
    const { press, api, findByText, getByText, getByRole, wakes } = opened();
    api.begin.mockResolvedValue(job());
    api.look.mockResolvedValue(job({ value: 600, bound: 612, result: placement() }));
    expect(api.begin).not.toHaveBeenCalled();
    await press('Propose');
    await act(async () => wakes[0]?.('j1'));
    await findByText(/At most 2% better is possible among 1,234/);
    getByText('Pieces: 2. 300 m more bank covered: 33% → 43%.');
    getByText('From piece 3 on, each adds less than half of what the best one adds.');
    expect(getByRole('img').getAttribute('aria-label')).toContain('with 2 pieces 1.3 km are covered');
    getByText(/made up for demonstration/);
    await press('Stop, use this');
    expect(api.end).toHaveBeenCalledWith('here', 'j1');
    getByText(/The search was ended early/);
  });

  it('asks again by itself when the wish changes, a moment later and once, and ends the former search', async () => {
    vi.useFakeTimers();
    const { press, api, getByRole, stop } = opened();
    api.begin.mockResolvedValueOnce(job()).mockResolvedValueOnce(job({ id: 'j2' }));
    api.look.mockResolvedValue(job());
    await press('Propose');
    expect(api.begin).toHaveBeenCalledTimes(1);
    for (const value of ['30', '40', '41']) {
      fireEvent.input(getByRole('slider'), { target: { value } });
    }
    await act(async () => {
      await vi.advanceTimersByTimeAsync(290);
    });
    expect(api.begin).toHaveBeenCalledTimes(1);
    await act(async () => {
      await vi.advanceTimersByTimeAsync(20);
    });
    expect(api.begin).toHaveBeenCalledTimes(2);
    expect(api.begin.mock.calls[1]?.[1].sites).toBe(41);
    expect(api.end).toHaveBeenCalledWith('here', 'j1');
    stop();
  });

  it('looks as soon as the service says that there is more', async () => {
    vi.useFakeTimers();
    const { press, api, wakes, stop } = opened();
    api.begin.mockResolvedValue(job());
    api.look.mockResolvedValue(job());
    await press('Propose');
    const looksAfter = async (id: string) => {
      api.look.mockClear();
      await act(async () => {
        wakes[0]?.(id);
        await vi.advanceTimersByTimeAsync(1);
      });
      return api.look.mock.calls.length;
    };
    expect(await looksAfter('another')).toBe(0);
    expect(await looksAfter('j1')).toBe(1);
    stop();
  });

  it('accepts one, and takes it back by the same button', async () => {
    const { press, findByRole, letters, getByRole } = opened();
    await press('Propose');
    await findByRole('button', { name: 'Accept place 2' });
    await press('Accept place 2');
    expect(letters()).toBe('A');
    expect(getByRole('button', { name: 'Place 2 is what-if pole A' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await press('Place 2 is what-if pole A');
    expect(letters()).toBe('');
  });

  it('accepts all that is not accepted yet', async () => {
    const { press, findByRole, letters, getByRole } = opened();
    await press('Propose');
    await findByRole('button', { name: 'Accept place 2' });
    await press('Accept place 2');
    await press('Accept all');
    expect(letters()).toBe('A B');
    expect((getByRole('button', { name: 'Accept all' }) as HTMLButtonElement).disabled).toBe(true);
  });

  it('says what moving a piece costs against where it was proposed', async () => {
    const { press, findByText, planner, evaluate } = opened();
    await press('Propose');
    await press('Accept all');
    const number = 1;
    await act(async () => {
      planner.dispatch({ is: 'tabPicked', tab: 'desk' });
      planner.dispatch({ is: 'proposed', proposed: [{ at: [9, 47], is: 'added', rank: 1 }] });
      planner.dispatch({ is: 'movedTo', letter: 'A', at: [9.511, 47.1] });
    });
    await findByText('Moved: A. Working …');
    const question = 'here|50|pole,ring,rope|false';
    const answer = evaluation({ after: { bank_m: 3000, covered_m: 1288 } });
    await act(async () => {
      planner.dispatch({ is: 'evaluated', evaluated: { number, question, since_ms: 0, answer } });
    });
    await findByText('Moved: A. Covers 12 m less than proposed.');
    const [, tried] = evaluate.mock.calls[0] as unknown as [unknown, { add: { at: LonLat } }[]];
    expect(tried[0]?.add.at).toEqual(site(1).at);
    // Beside the proposal, where one compares.
    expect(planner.state.peek().tab).toBe('desk');
  });

  it('compares what is put aside with what is on the page, and takes it up again', async () => {
    const { press, planner, letters, container, queryByRole, findByRole } = opened();
    await press('Propose');
    await press('Accept all');
    const evaluated = {
      number: 1,
      question: 'here|50|pole,ring,rope|false',
      since_ms: 0,
      answer: evaluation(),
    };
    await act(async () => planner.dispatch({ is: 'evaluated', evaluated }));
    await findByRole('button', { name: 'Keep' });
    await press('Keep');
    await act(async () => planner.dispatch({ is: 'cleared' }));
    expect(letters()).toBe('');
    const cells = [...container.querySelectorAll('.placing-scenarios tbody td')].map((td) => td.textContent);
    expect(cells).toEqual(['2', '50 m', '1.0 km', '1.2 km', '150 m', '38%']);
    await press('Use Scenario 1');
    expect(letters()).toBe('A B');
    expect(queryByRole('button', { name: 'Place 2 is what-if pole B' })).not.toBeNull();
    await press('Forget Scenario 1');
    expect(queryByRole('button', { name: 'Use Scenario 1' })).toBeNull();
  });

  it('says in words that a search is gone, in both languages', async () => {
    for (const [language, words] of [
      ['en', /search is not there any more/],
      ['zh', /该计算已不存在/],
    ] as const) {
      const { api, press, findByText } = opened(language);
      api.begin.mockResolvedValue(job());
      api.look.mockRejectedValue(refusal(404, 'unknown-job'));
      await press(language === 'en' ? 'Propose' : '提出建议');
      await findByText(words);
      cleanup();
    }
  });

  it('says when too many wait, and when the service is away', async () => {
    const { api, press, findByText } = opened();
    api.begin.mockRejectedValueOnce(refusal(503, 'busy', 7));
    await press('Propose');
    await findByText('Too many searches are waiting. Try again in 7 s.');
    api.begin.mockRejectedValueOnce(new Unreachable('away'));
    await press('Propose again');
    await findByText(/cannot be reached/);
  });

  it('says that the region has changed since', async () => {
    const { press, planner, findByText, queryByText } = opened();
    await press('Propose');
    expect(queryByText(/has changed since/)).toBeNull();
    await act(async () => planner.dispatch({ is: 'regionChanged', version: 2 }));
    await findByText(/has changed since/);
  });

  it('begins anew in another region, and ends the search of the last one', async () => {
    const { press, planner, api, state } = opened();
    api.begin.mockResolvedValue(job());
    api.look.mockResolvedValue(job());
    await press('Propose');
    await act(async () => {
      planner.dispatch({ is: 'regionsCame', regions: [region('here'), region('there')], at_ms: 9 });
      planner.dispatch({ is: 'regionPicked', region: 'there' });
    });
    expect(api.end).toHaveBeenCalledWith('here', 'j1');
    expect(state.peek().shown).toBeNull();
    expect(api.begin).toHaveBeenCalledTimes(1);
  });

  it('has its places on the map while it is looked at, the best on top, and finds them again', async () => {
    const planner = storeOf(pageAfter(regionsCame, coverageCame));
    const desk = deskStore();
    desk.dispatch({ is: 'signedIn', account: { id: 1, name: 'wang', roles: [] } });
    desk.dispatch({ is: 'viewPicked', view: 'sites' });
    const api = { begin: async () => done(), look: vi.fn(), end: vi.fn(), listen: () => () => {} };
    const { Panel } = openPlacing({ desk, planner, region: () => 'here' }, api);
    const { getByRole, findByText } = render(
      <PlannerContext.Provider value={{ store: planner, deeds: {} as never, desk: signal(null) }}>
        <Panel />
      </PlannerContext.Provider>,
    );
    await act(async () => {
      fireEvent.click(getByRole('button', { name: 'Propose' }));
    });
    await findByText('Proposed places · Rescue pole');
    const ranks = () => planner.state.peek().proposed.map((one) => 'rank' in one && one.rank);
    expect(ranks()).toEqual([2, 1]);
    // What an import shows in their place is left alone.
    desk.dispatch({ is: 'viewPicked', view: 'pieces' });
    expect(ranks()).toEqual([]);
    planner.dispatch({ is: 'proposed', proposed: [{ at: [9, 47], is: 'changed' }] });
    expect(planner.state.peek().proposed).toHaveLength(1);
    desk.dispatch({ is: 'viewPicked', view: 'sites' });
    expect(ranks()).toEqual([2, 1]);
    desk.dispatch({ is: 'signedIn', account: null });
    expect(ranks()).toEqual([]);
  });
});
