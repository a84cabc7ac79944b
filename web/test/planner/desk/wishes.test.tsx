// What more may be wished of the next places: villages first, pieces that are moved, places that must, stretches that cannot.
import { signal } from '@preact/signals';
import { act, fireEvent, render } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { deedsOf } from '../../../src/planner/desk/effects.ts';
import { PlaceTools } from '../../../src/planner/desk/panels/CardTools.tsx';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { accept } from '../../../src/planner/desk/placing/accepting.ts';
import { placeLink, tasksCsv, tasksOf } from '../../../src/planner/desk/placing/files.ts';
import { moversOf } from '../../../src/planner/desk/placing/movers.ts';
import { nWished, requestOf, type Stretch } from '../../../src/planner/desk/placing/state.ts';
import { deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { changes, NOTHING_TRIED, undone } from '../../../src/planner/scenario.ts';
import { storeOf } from '../../../src/planner/store.ts';
import { hashFromView, viewFromHash } from '../../../src/shared/url.ts';
import { wordsIn } from '../../../src/shared/words.ts';
import { coverageCame, evaluation, gap, gapsCame, pageAfter, piece, regionsCame } from '../../world.ts';
import { done, opened, placed, placement, placingWords, refusal, site } from './placed.tsx';
import { told } from './told.ts';

placingWords();

const stretch = (from_m: number, to_m: number, bank = 'b1'): Stretch => ({
  bank,
  from_m,
  to_m,
  name: 'Rhine',
  at: [9.5, 47.1],
});
const pieces = [
  piece('far', [9.53, 47.1], { code: 'LI-0001' }),
  piece('near', [9.511, 47.1], { code: 'LI-0002', kind: 'ring' }),
];
const equipmentCame = { is: 'equipmentCame', equipment: pieces, at_ms: 3 } as const;

async function unfolded(at: ReturnType<typeof opened>): Promise<void> {
  const summary = at.getByText(/^(?:More settings|更多设置)/);
  await act(async () => {
    fireEvent.click(summary);
  });
  await at.findByRole('region', { name: /Nothing can stand here|不可设置的岸段/ });
}

describe('what more is wished', () => {
  const page = pageAfter(regionsCame);

  it('is nothing unless somebody says so', () => {
    const asked = requestOf(placed(), page);
    expect(asked).toMatchObject({ moves: 0, required: [], forbidden: [] });
    expect('fair_percent' in asked).toBe(false);
    expect(nWished(placed().wish)).toBe(0);
  });

  it('is villages first and moves only where the pieces are counted', () => {
    const wish = { fair_percent: 60, moves: 3 };
    const counted = placed({ is: 'wished', wish });
    expect(requestOf(counted, page)).toMatchObject({ fair_percent: 60, moves: 3 });
    expect(nWished(counted.wish)).toBe(2);
    const share = placed({ is: 'wished', wish: { ...wish, goal: 'cover' } });
    expect(Object.keys(requestOf(share, page))).not.toContain('moves');
    expect(Object.keys(requestOf(share, page))).not.toContain('fair_percent');
    expect(nWished(share.wish)).toBe(0);
  });

  it('moves at most twenty, and a share is at most all of it', () => {
    const { wish } = placed({ is: 'wished', wish: { moves: 300, fair_percent: 140 } });
    expect([wish.moves, wish.fair_percent]).toEqual([20, 100]);
  });

  it('names a place that must be once', () => {
    const at: [number, number] = [9.5, 47.1];
    const state = placed({ is: 'required', at }, { is: 'required', at: [9.500001, 47.1] });
    expect(requestOf(state, page).required).toEqual([at]);
  });

  it('makes one stretch of those that touch on one bank', () => {
    const state = placed(
      { is: 'forbidden', stretch: stretch(100, 150) },
      { is: 'forbidden', stretch: stretch(300, 350) },
      { is: 'forbidden', stretch: stretch(120, 170, 'b2') },
      { is: 'forbidden', stretch: stretch(140, 190) },
    );
    expect(requestOf(state, page).forbidden).toEqual([
      { bank: 'b1', from_m: 300, to_m: 350 },
      { bank: 'b2', from_m: 120, to_m: 170 },
      { bank: 'b1', from_m: 100, to_m: 190 },
    ]);
  });

  it('forgets places and stretches where another region begins, and keeps the numbers', () => {
    const { wish } = placed(
      { is: 'wished', wish: { moves: 2 } },
      { is: 'required', at: [9.5, 47.1] },
      { is: 'forbidden', stretch: stretch(0, 9) },
      { is: 'left' },
    );
    expect([wish.moves, wish.required, wish.forbidden]).toEqual([2, [], []]);
  });
});

describe('a piece that is moved', () => {
  const result = placement({ moved: ['far', 'near'], sites: [site(1), site(2), site(3)] });

  it('goes to the place that is near, each to one of its own', () => {
    const told = moversOf(result, pieces).map(({ id, site: to }) => `${id} ${to.rank}`);
    expect(told).toEqual(['far 3', 'near 1']);
  });

  it('goes somewhere also where the page does not know it', () => {
    const told = moversOf(result, pieces.slice(1)).map(({ id, site: to, by_m }) => [
      id,
      to.rank,
      by_m !== null,
    ]);
    expect(told).toEqual([
      ['far', 2, false],
      ['near', 1, true],
    ]);
  });

  it('is tried out as moved, and undone with the rest', () => {
    const { scenario } = accept(NOTHING_TRIED, result.sites, moversOf(result, pieces));
    expect(changes(scenario.whatIfs)).toEqual([
      { move: { id: 'near', at: [9.51, 47.1] } },
      { add: { kind: 'pole', at: [9.52, 47.1] } },
      { move: { id: 'far', at: [9.53, 47.1] } },
    ]);
    expect(scenario.whatIfs[0]?.kind).toBe('ring');
    expect(undone(scenario).whatIfs).toEqual([]);
  });

  it('is in the address, whatever its id holds', () => {
    const at: [number, number] = [9.5, 47.1];
    const whatIfs = [
      { letter: 'A', kind: 'pole' as const, at, moves: 'n/1:2;B:pole:1,2 %zz&x' },
      { letter: 'B', kind: 'pole' as const, at },
    ];
    const hash = hashFromView({ ...viewFromHash(''), whatIfs }, '');
    expect(viewFromHash(hash).whatIfs).toEqual(whatIfs);
  });

  it('is named in the work list', () => {
    const state = placed({ is: 'searchBegun', search: 1 }, { is: 'jobCame', search: 1, job: done(result) });
    const lines = tasksCsv(tasksOf(state, [], pieces), wordsIn('en')).split('\r\n');
    expect(lines[0]?.endsWith(',Piece moved here,Stands on')).toBe(true);
    expect(lines[1]).toMatch(/^1,,Life ring,.*,LI-0002,bank$/);
    expect(lines[2]).toMatch(/^2,,Rescue pole,.*,0,,bank$/);
  });
});

describe('the settings', () => {
  it('are closed at first, and what they say counts when they are closed again', async () => {
    const at = opened();
    // Long enough for what is fetched to come.
    await act(() => new Promise((done) => setTimeout(done, 100)));
    expect(at.queryByRole('region', { name: 'Nothing can stand here' })).toBeNull();
    await unfolded(at);
    fireEvent.input(at.getByLabelText('Every village first, at least'), { target: { value: '60' } });
    fireEvent.input(at.getByLabelText('Pieces that may be moved, up to'), { target: { value: '2' } });
    await at.press('Propose');
    expect(at.api.begin.mock.calls[0]?.[1]).toMatchObject({ fair_percent: 60, moves: 2 });
    at.getByText('More settings: 2 set');
  });

  it('are in Chinese, too', async () => {
    const at = opened('zh');
    await unfolded(at);
    at.getByLabelText('各村优先，至少覆盖');
    at.getByRole('region', { name: '必须设置的位置' });
  });

  it('take a place by its coordinates, and take it away again', async () => {
    const at = opened();
    await unfolded(at);
    fireEvent.input(at.getByLabelText('Or give coordinates'), { target: { value: '47.15, 9.52' } });
    await at.press('Add');
    expect(at.state.peek().wish.required).toEqual([[9.52, 47.15]]);
    await at.press('Take away: 47.15000, 9.52000');
    expect(at.state.peek().wish.required).toEqual([]);
  });

  it('take every tap on the map while one chooses, until one stops', async () => {
    const { can, planner, state } = opened();
    const tap = (at: [number, number]) =>
      act(async () => planner.dispatch({ is: 'mapTapped', at, thing: null }));
    await act(async () => can.pick(true));
    await tap([9.5, 47.1]);
    await tap([9.51, 47.1]);
    expect(state.peek().wish.required).toEqual([
      [9.5, 47.1],
      [9.51, 47.1],
    ]);
    expect(planner.state.peek().marked).toBeNull();
    await act(async () => planner.dispatch({ is: 'escaped' }));
    expect(state.peek().picks).toBe(false);
    await tap([9.52, 47.1]);
    expect(state.peek().wish.required).toHaveLength(2);
  });

  it('hold a proposed place that is refused at its row, and its meters can be set', async () => {
    const at = opened();
    await at.press('Propose');
    await at.press('Nothing can stand at place 2');
    const { forbidden } = at.state.peek().wish;
    expect(forbidden).toMatchObject([{ bank: 'b1', from_m: 175, to_m: 225 }]);
    await unfolded(at);
    const to = at.getByLabelText(/^To which meter nothing can stand: Rhine/);
    fireEvent.input(to, { target: { value: '400' } });
    await act(async () => {
      fireEvent.change(to, { target: { value: '400' } });
    });
    expect(at.state.peek().wish.forbidden).toMatchObject([{ from_m: 175, to_m: 400 }]);
    await at.press(/^Take away: Rhine/);
    expect(at.state.peek().wish.forbidden).toEqual([]);
  });

  it('say in words what the service does not take', async () => {
    const at = opened();
    at.api.begin.mockRejectedValueOnce(refusal(400, 'stands-nowhere'));
    await at.press('Propose');
    await at.findByText(/there is no ground/);
    at.api.begin.mockRejectedValueOnce(refusal(400, 'unknown-bank'));
    await at.press('Propose again');
    await at.findByText(/is gone from the map/);
  });
});

describe('the answer', () => {
  it('names the villages that stay below', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done({ below: ['r1'] }));
    await act(async () => at.can.wish({ fair_percent: 60 }));
    await at.press('Propose');
    await at.findByText(/Villages that stay below 60%: 1\./);
  });

  it('tells what each moved piece leaves uncovered, one after the other, and accepts the moves', async () => {
    const at = opened();
    await act(async () => at.planner.dispatch(equipmentCame));
    const covered = (covered_m: number) =>
      evaluation({ before: { bank_m: 3000, covered_m: 1000 }, after: { bank_m: 3000, covered_m } });
    at.evaluate.mockResolvedValueOnce(covered(970)).mockResolvedValueOnce(covered(940));
    at.api.begin.mockResolvedValue(done({ moved: ['far', 'near'], sites: [site(1), site(2), site(3)] }));
    await at.press('Propose');
    expect(await at.findAllByText(/ 30 m less covered where it stands/)).toHaveLength(2);
    at.getByText('In all, 60 m less is covered where they stand.');
    at.getByText(/Pieces among them that are moved: 2\./);
    const [, tried] = at.evaluate.mock.calls[1] as unknown as [unknown, unknown];
    expect(tried).toEqual([{ remove: { id: 'far' } }, { remove: { id: 'near' } }]);
    at.getByText(/moved here: LI-0002/);
    await at.press('Accept all');
    expect(at.planner.state.peek().scenario.whatIfs.map(({ moves }) => moves)).toEqual([
      'near',
      undefined,
      'far',
    ]);
    await act(async () => at.planner.dispatch({ is: 'undone' }));
    expect(at.letters()).toBe('');
  });
});

describe('the work sheet', () => {
  it('has a row for each place, with a code that opens it on a phone', async () => {
    const at = opened();
    await at.press('Propose');
    await at.findByRole('button', { name: /Work sheet/ });
    await at.press(/Work sheet/);
    await at.findByRole('img', { name: 'Code that opens place 2' });
    expect(at.container.querySelectorAll('.work-paper tbody tr')).toHaveLength(2);
    expect(at.container.querySelector('.work-paper')?.textContent).toContain(
      'Rhine, left bank, at 200 m · Vaduz',
    );
    const link = placeLink('http://here.test/?x=1#try=A:pole:9,47', 'here', [9.52, 47.1]);
    expect(viewFromHash(new URL(link).hash)).toMatchObject({
      region: 'here',
      selection: { what: 'place', at: [9.52, 47.1] },
      camera: { zoom: 17, lat: 47.1, lon: 9.52 },
      whatIfs: [],
    });
  });
});

describe('the card of a stretch', () => {
  it('says that nothing can stand along it, or that a piece must, and shows where that counts', async () => {
    const gaps = [gapsCame, { is: 'selected', selection: { what: 'gap', id: 'g1' } }] as const;
    const planner = storeOf(pageAfter(regionsCame, coverageCame, ...gaps));
    const desk = deskStore();
    const deeds = deedsOf(desk, planner, {} as never, told);
    const { getByRole } = render(
      <PlannerContext.Provider
        value={{ store: planner, deeds: {} as never, desk: signal({ canPlan: signal(true) } as never) }}
      >
        <DeskContext.Provider value={{ store: desk, deeds }}>
          <PlaceTools at={[9.5, 47.1]} />
        </DeskContext.Provider>
      </PlannerContext.Provider>,
    );
    desk.dispatch({ is: 'signedIn', account: { id: 1, name: 'wang', roles: [] } });
    const marks = () => planner.state.peek().proposed;
    fireEvent.click(getByRole('button', { name: 'Nothing can stand along this stretch', hidden: true }));
    // The bank's line is that of the gap, and a cross is there in any case.
    await vi.waitFor(() =>
      expect(marks()).toMatchObject([
        { line: gap('g1').geometry.coordinates, isBeside: true },
        { at: [9.5, 47.1], is: 'skipped' },
      ]),
    );
    expect([planner.state.peek().tab, desk.state.peek().view]).toEqual(['desk', 'sites']);
    fireEvent.click(getByRole('button', { name: 'A piece must stand here', hidden: true }));
    await vi.waitFor(() =>
      expect(marks().flatMap((one) => ('is' in one ? one.is : []))).toEqual(['skipped', 'changed']),
    );
  });
});
