import { describe, expect, it } from 'vitest';
import * as scenario from '../../src/planner/scenario.ts';

const { NOTHING_TRIED, put, moved, dragged, dropped, removed, undone, redone, cleared, ofKind } = scenario;
const letters = (s: scenario.Scenario) => s.whatIfs.map((w) => w.letter).join('');
const two = put(put(NOTHING_TRIED, 'pole', [9, 47]), 'ring', [9.1, 47]);

describe('what-if poles', () => {
  it('take the first free letter', () => {
    expect(letters(two)).toBe('AB');
    expect(letters(put(removed(two, 'A'), 'pole', [9.2, 47]))).toBe('AB');
  });

  it('go on after Z as the columns of a spreadsheet do, and end with CZ', () => {
    let s = NOTHING_TRIED;
    for (let i = 0; i < 110; i += 1) s = put(s, 'pole', [9, 47]);
    expect(s.whatIfs).toHaveLength(104);
    expect(s.past).toHaveLength(100);
    expect(s.whatIfs.slice(24, 28).map((w) => w.letter)).toEqual(['Y', 'Z', 'AA', 'AB']);
    expect(s.whatIfs.at(-1)?.letter).toBe('CZ');
  });

  it('stand to the centimeter', () => {
    expect(put(NOTHING_TRIED, 'pole', [9.123456789, 47.1]).whatIfs[0]?.at).toEqual([9.1234568, 47.1]);
  });
});

describe('undo and redo', () => {
  it('go back and forth through every kind of step', () => {
    const steps = [
      two,
      moved(two, 'A', [9.5, 47.5]),
      ofKind(moved(two, 'A', [9.5, 47.5]), 'B', 'rope'),
      removed(ofKind(moved(two, 'A', [9.5, 47.5]), 'B', 'rope'), 'A'),
    ];
    const last = cleared(steps[3] ?? two);
    let s = last;
    while (s.past.length > 0) s = undone(s);
    expect(s.whatIfs).toEqual([]);
    while (s.future.length > 0) s = redone(s);
    expect(s.whatIfs).toEqual(last.whatIfs);
    expect(s.past).toEqual(last.past);
  });

  it('take a drag as one step', () => {
    const s = dropped(dragged(dragged(two, 'A', [9.01, 47]), 'A', [9.02, 47]), 'A');
    expect(s.past.at(-1)).toMatchObject({ verb: 'move', letter: 'A' });
    expect(undone(s).whatIfs).toEqual(two.whatIfs);
  });

  it('take a run of arrow keys as one step, but not across poles', () => {
    const run = moved(moved(two, 'A', [9.01, 47], 'nudge'), 'A', [9.02, 47], 'nudge');
    expect(undone(run).whatIfs).toEqual(two.whatIfs);
    const both = moved(run, 'B', [9.2, 47], 'nudge');
    expect(undone(both).whatIfs).toEqual(run.whatIfs);
  });

  it('remember a hundred steps', () => {
    let s = two;
    for (let i = 0; i < 150; i += 1) s = moved(s, 'A', [9 + i / 1000, 47]);
    expect(s.past).toHaveLength(100);
  });

  it('forget what was undone when something new is done', () => {
    expect(put(undone(two), 'pole', [9.3, 47]).future).toEqual([]);
  });

  it('do nothing where there is nothing', () => {
    expect(undone(NOTHING_TRIED)).toBe(NOTHING_TRIED);
    expect(redone(two)).toBe(two);
    expect(removed(two, 'Q')).toBe(two);
    expect(cleared(NOTHING_TRIED)).toBe(NOTHING_TRIED);
    expect(dropped(two, 'A')).toBe(two);
  });
});
