// Several kinds with a reach and a number of their own, what counts more, paths beside the bank, and lines where nothing can stand.
import { act, fireEvent } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { accept } from '../../../src/planner/desk/placing/accepting.ts';
import { linesOf } from '../../../src/planner/desk/placing/along.ts';
import { tasksCsv, tasksGpx, tasksOf } from '../../../src/planner/desk/placing/files.ts';
import { wrongIn } from '../../../src/planner/desk/placing/kinds.ts';
import { moversOf } from '../../../src/planner/desk/placing/movers.ts';
import { requestOf, type Wish } from '../../../src/planner/desk/placing/state.ts';
import { NOTHING_TRIED } from '../../../src/planner/scenario.ts';
import type { LonLat } from '../../../src/shared/contract.ts';
import { wordsIn } from '../../../src/shared/words.ts';
import { evaluation, gap, pageAfter, piece, regionsCame } from '../../world.ts';
import { done, opened, placed, placement, placingWords, site } from './placed.tsx';

placingWords();

const page = pageAfter(regionsCame);
const wished = (wish: Partial<Wish>) => placed({ is: 'wished', wish });
const askedFor = (wish: Partial<Wish>) => requestOf(wished(wish), page);
const poleAndRing = [site(1), site(2, { kind: 'ring', on: 'path' })];
const ofBoth = {
  sites: poleAndRing,
  by_kind: [
    { kind: 'pole', limit_m: 50, sites: 1 },
    { kind: 'ring', limit_m: 30, sites: 1 },
    { kind: 'rope', limit_m: 50, sites: 0 },
  ],
} as const satisfies Parameters<typeof done>[0] & object;

type Opened = ReturnType<typeof opened>;

async function unfolded(at: Opened, name: string | RegExp, first: string): Promise<void> {
  await act(async () => {
    fireEvent.click(at.getByText(name));
  });
  await at.findByLabelText(first);
}
const KINDS = 'Several kinds, each with its own reach and number';
const type = (at: Opened, label: string, value: string) =>
  fireEvent.input(at.getByLabelText(label), { target: { value } });

describe('the question', () => {
  it('holds nothing of kinds, weights and paths unless somebody says so', () => {
    const keys = Object.keys(askedFor({}));
    expect(keys.filter((key) => /^(?:by_kind|near_|beside)/.test(key))).toEqual([]);
  });

  it('gives a kind a reach of its own, and still asks for one number of the first kind', () => {
    const asked = askedFor({ limits: { ring: 30, rope: null } });
    expect(asked).toMatchObject({ sites: 20, kinds: ['pole', 'ring', 'rope'], limit_m: 50 });
    expect(asked.by_kind).toEqual([{ kind: 'ring', limit_m: 30 }]);
  });

  it('asks for so many of each kind in place of one number', () => {
    const asked = askedFor({ numbers: { ring: 8, pole: 12 }, limits: { ring: 30 }, moves: 2 });
    expect(asked.by_kind).toEqual([
      { kind: 'pole', sites: 12 },
      { kind: 'ring', limit_m: 30, sites: 8 },
    ]);
    expect(Object.keys(asked)).not.toContain('sites');
    expect(Object.keys(asked)).not.toContain('cover_percent');
    expect(asked.moves).toBe(2);
  });

  it('has reaches but no numbers where a share of the bank is wished', () => {
    const asked = askedFor({ goal: 'cover', numbers: { ring: 8 }, limits: { ring: 30 } });
    expect(asked.by_kind).toEqual([{ kind: 'ring', limit_m: 30 }]);
    expect(asked.cover_percent).toBe(95);
  });

  it('leaves out a kind that does not count on the page any more', () => {
    const state = wished({ numbers: { ring: 8 }, limits: { jacket: 30 } });
    const asked = requestOf(state, { ...page, kinds: ['pole'] });
    expect(asked).toMatchObject({ sites: 20, kinds: ['pole'] });
    expect('by_kind' in asked).toBe(false);
  });

  it('has weights that are not nothing, and says when paths are left out', () => {
    const asked = askedFor({ near: { houses: 1, schools: 2, incidents: 0 }, beside: false });
    expect(asked).toMatchObject({ near_houses: 1, near_schools: 2, beside: false });
    expect('near_incidents' in asked).toBe(false);
  });
});

describe('what is wrong', () => {
  const wrong = (wish: Partial<Wish>) => wrongIn(wished(wish).wish, page.kinds);

  it('is nothing at first, nor within the bounds', () => {
    expect(wrong({})).toBeNull();
    expect(wrong({ limits: { pole: 1, ring: 1000 }, numbers: { pole: 99, ring: 1 } })).toBeNull();
  });

  it('is a reach that nobody has', () => {
    for (const limit of [0, -5, 1001, Number.NaN]) {
      expect(wrong({ limits: { ring: limit } })).toEqual({ what: 'limit', kind: 'ring' });
    }
  });

  it('is a number that is none of pieces', () => {
    for (const number of [0, 2.5, 101, Number.NaN]) {
      expect(wrong({ numbers: { rope: number } })).toEqual({ what: 'number', kind: 'rope' });
    }
  });

  it('is more than is proposed at once', () => {
    expect(wrong({ numbers: { pole: 60, ring: 41 } })).toEqual({ what: 'sum', n: 101 });
  });

  it('is nothing that is not asked', () => {
    expect(wrong({ goal: 'cover', numbers: { rope: 0 } })).toBeNull();
    expect(wrong({ limits: { jacket: 0 } })).toBeNull();
  });
});

describe('a place of a kind', () => {
  it('becomes a what-if of that kind', () => {
    const { scenario } = accept(NOTHING_TRIED, poleAndRing);
    expect(scenario.whatIfs.map(({ letter, kind }) => `${letter} ${kind}`)).toEqual(['A pole', 'B ring']);
  });

  it('takes a moved piece of its kind, though another is nearer', () => {
    const ring = piece('ring', [9.51, 47.1], { kind: 'ring' });
    const pole = piece('pole', [9.52, 47.1]);
    const movers = moversOf(placement({ moved: ['ring', 'pole'], sites: poleAndRing }), [ring, pole]);
    expect(movers.map(({ id, site: { rank } }) => `${id} ${rank}`)).toEqual(['ring 2', 'pole 1']);
  });

  it('is in the work list by its kind, and with what it stands on', () => {
    const state = placed({ is: 'searchBegun', search: 1 }, { is: 'jobCame', search: 1, job: done(ofBoth) });
    const t = wordsIn('en');
    const lines = tasksCsv(tasksOf(state, []), t).split('\r\n');
    expect(lines[1]).toMatch(/^1,,Rescue pole,.*,bank$/);
    expect(lines[2]).toMatch(/^2,,Life ring,.*,path beside the bank$/);
    const gpx = tasksGpx(tasksOf(state, []), t, 'Here', '');
    expect(gpx).toContain('<name>2 · Life ring · Rhine · Vaduz</name>');
    expect(gpx.match(/<desc>[^<]*on the path[^<]*<\/desc>/g)).toEqual([expect.stringContaining('100 m')]);
  });

  it('is on no path any more once it was dragged elsewhere', () => {
    const { scenario, accepted } = accept(NOTHING_TRIED, poleAndRing);
    const state = { ...placed(), accepted };
    const on = (whatIfs: typeof scenario.whatIfs) => tasksOf(state, whatIfs).map((task) => task.on);
    expect(on(scenario.whatIfs)).toEqual(['bank', 'path']);
    expect(on(scenario.whatIfs.map((w) => ({ ...w, at: [9.6, 47.2] as LonLat })))).toEqual([null, null]);
  });
});

describe('the line of a bank where nothing can stand', () => {
  // 100 m to 500 m along its bank.
  const known = gap('g1');
  const stretch = (from_m: number, to_m: number, bank = 'b1') =>
    linesOf({ bank, from_m, to_m, name: null, at: [9.5, 47.1] }, [known]);

  it('is the gap’s, cut to the stretch', () => {
    expect(stretch(0, 900)).toEqual([known.geometry.coordinates]);
    const [line] = stretch(200, 300);
    expect(line).toHaveLength(2);
    expect(line?.[0]?.[0]).toBeCloseTo(9.515, 4);
    expect(line?.[1]?.[0]).toBeCloseTo(9.52, 4);
  });

  it('is unknown beside the gap, and on another bank', () => {
    expect(stretch(500, 600)).toEqual([]);
    expect(stretch(200, 300, 'b2')).toEqual([]);
  });

  it('stays known when the page shows other gaps, also of stretches that became one', () => {
    const of = (from_m: number, to_m: number, id: string) => ({
      is: 'forbidden' as const,
      stretch: {
        bank: 'b1',
        from_m,
        to_m,
        name: null,
        at: [9.5, 47.1] as LonLat,
        along: [gap(id, { from_m, to_m })],
      },
    });
    const [one] = placed(of(100, 200, 'g1'), of(150, 300, 'g2')).wish.forbidden;
    expect(one && linesOf(one, [])).toHaveLength(2);
  });
});

describe('several kinds', () => {
  it('are a thing to open, and then put up so many of each', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done(ofBoth));
    expect(at.queryByLabelText('Life ring: pieces')).toBeNull();
    await unfolded(at, KINDS, 'Life ring: pieces');
    type(at, 'Rescue pole: pieces', '1');
    type(at, 'Life ring: pieces', '1');
    type(at, 'Life ring: reach, m', '30');
    expect(at.queryByRole('slider')).toBeNull();
    at.getByText('Rescue pole 1, Life ring 1; 2 in all');
    at.getByText(`${KINDS}: 2 set`);
    await at.press('Propose');
    expect(at.api.begin.mock.calls[0]?.[1].by_kind).toEqual([
      { kind: 'pole', sites: 1 },
      { kind: 'ring', limit_m: 30, sites: 1 },
    ]);
    await at.findByText(/^Pieces: 2\. .* Rescue pole 1, Life ring 1\.$/);
    at.getByRole('heading', { name: 'Proposed places' });
    at.getByText(/^Rescue pole · 200 m more covered/);
    at.getByText(/^Life ring · on the path · 100 m more covered/);
    await at.findByText(/counts what-ifs with 50 m for all kinds/);
    await at.press('Accept all');
    const { whatIfs } = at.planner.state.peek().scenario;
    expect(whatIfs.map(({ kind }) => kind)).toEqual(['pole', 'ring']);
  });

  it('go back to one number', async () => {
    const at = opened('zh');
    await unfolded(at, '分器材设定范围和数量', '救生圈：件数');
    type(at, '救生圈：件数', '8');
    at.getByText('救生圈 8 件，共 8 件');
    await at.press('改回一个总数');
    expect(at.getByRole('slider')).not.toBeNull();
    expect((at.getByLabelText('救生圈：件数') as HTMLInputElement).value).toBe('');
  });

  it('have no numbers where a share of the bank is wished', async () => {
    const at = opened();
    await at.press('Cover so much');
    await unfolded(at, KINDS, 'Life ring: reach, m');
    expect(at.queryByLabelText('Life ring: pieces')).toBeNull();
    expect(at.queryByRole('columnheader', { name: 'Pieces' })).toBeNull();
  });

  it('with a wrong number are told in words, and nothing is sent until it is put right', async () => {
    const at = opened();
    await unfolded(at, KINDS, 'Life ring: pieces');
    type(at, 'Life ring: reach, m', '2000');
    await at.findByText(/Life ring: the reach must be 1 to 1,000 m/);
    expect(at.getByLabelText('Life ring: reach, m').getAttribute('aria-invalid')).toBe('true');
    expect(at.getByLabelText('Rescue pole: reach, m').getAttribute('aria-invalid')).toBe('false');
    await at.press('Propose');
    expect(at.api.begin).not.toHaveBeenCalled();
    type(at, 'Life ring: reach, m', '');
    await at.press('Propose');
    expect(at.api.begin).toHaveBeenCalledTimes(1);
    expect(at.queryByText(/the reach must be/)).toBeNull();
  });

  it('with a wrong number are not asked again by themselves either', async () => {
    const at = opened();
    await unfolded(at, KINDS, 'Life ring: pieces');
    await at.press('Propose');
    vi.useFakeTimers();
    const calm = () => act(async () => void (await vi.advanceTimersByTimeAsync(400)));
    type(at, 'Life ring: pieces', '101');
    await calm();
    expect(at.api.begin).toHaveBeenCalledTimes(1);
    type(at, 'Life ring: pieces', '10');
    await calm();
    expect(at.api.begin).toHaveBeenCalledTimes(2);
    at.stop();
  });

  it('are compared kind by kind', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done(ofBoth));
    await at.press('Propose');
    await at.press('Accept all');
    const evaluated = {
      number: 1,
      question: 'here|50|pole,ring,rope|false',
      since_ms: 0,
      answer: evaluation(),
    };
    await act(async () => at.planner.dispatch({ is: 'evaluated', evaluated }));
    const table = await at.findByRole('region', { name: 'Compare scenarios' });
    const rows = [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent).join(' '),
    );
    expect(rows.slice(0, 3)).toEqual(['Pieces 2', 'Rescue pole 1', 'Life ring 1']);
  });

  it('and paths are on the work sheet', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done(ofBoth));
    await at.press('Propose');
    await at.findByRole('button', { name: /Work sheet/ });
    await at.press(/Work sheet/);
    await at.findByRole('img', { name: 'Code that opens place 2' });
    const rows = [...at.container.querySelectorAll('.work-paper tbody tr')].map((row) => row.textContent);
    expect(rows[0]).toContain('Rescue pole');
    expect(rows[0]).not.toContain('on the path');
    expect(rows[1]).toContain('Life ring');
    expect(rows[1]).toContain('Rhine, left bank, at 200 m · Vaduz · on the path');
  });
});

describe('what counts more', () => {
  const weighted_by = { houses: 1212, schools: 0, incidents: 3 };

  it('is asked, told by how much was found, and plainly where nothing was', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done({ weighted_by }));
    await unfolded(at, 'What counts more', 'Bank near schools');
    for (const [label, value] of [
      ['Bank near houses', '1'],
      ['Bank near schools', '2'],
    ] as const) {
      fireEvent.change(at.getByLabelText(label), { target: { value } });
    }
    at.getByText('What counts more: 2 set');
    await at.press('Propose');
    expect(at.api.begin.mock.calls[0]?.[1]).toMatchObject({ near_houses: 1, near_schools: 2 });
    await at.findByText(
      'Bank counts more near buildings (1,212). No schools are mapped near the banks here: nothing counts more for them.',
    );
  });

  it('is told as it was when the shown answer was asked for', async () => {
    const at = opened();
    at.api.begin.mockResolvedValue(done({ weighted_by }));
    await act(async () => at.can.wish({ near: { houses: 0, schools: 0, incidents: 1 } }));
    await at.press('Propose');
    await at.findByText('Bank counts more near past incidents (3).');
    await act(async () => at.can.wish({ near: { houses: 2, schools: 2, incidents: 0 } }));
    at.getByText('Bank counts more near past incidents (3).');
    at.stop();
  });

  it('belongs to the search that was begun with it, whatever is wished since', () => {
    const near = (houses: number) => ({ houses, schools: 0, incidents: 0 });
    const { shown } = placed(
      { is: 'wished', wish: { near: near(2) } },
      { is: 'searchBegun', search: 1 },
      { is: 'wished', wish: { near: near(0) } },
      { is: 'jobCame', search: 1, job: done() },
    );
    expect(shown?.wish.near).toEqual(near(2));
  });

  it('is told in Chinese, too', async () => {
    const at = opened('zh');
    at.api.begin.mockResolvedValue(done({ weighted_by }));
    await act(async () => at.can.wish({ near: { houses: 1, schools: 1, incidents: 1 } }));
    await at.press('提出建议');
    await at.findByText(
      '附近河岸权重加大：建筑物 1,212 处、以往溺水 3 起。此地河岸附近没有标绘学校，不因此加权。',
    );
  });

  it('is nothing that is told where nobody asked', async () => {
    const at = opened();
    await at.press('Propose');
    await act(() => new Promise((done) => setTimeout(done, 100)));
    expect(at.queryByText(/counts more near|nothing counts more/)).toBeNull();
  });
});

describe('paths beside the bank', () => {
  it('are looked at unless somebody says no', async () => {
    const at = opened();
    const box = at.getByLabelText('Also on paths beside the bank') as HTMLInputElement;
    expect(box.checked).toBe(true);
    fireEvent.click(box);
    await at.press('Propose');
    expect(at.api.begin.mock.calls[0]?.[1].beside).toBe(false);
  });
});
