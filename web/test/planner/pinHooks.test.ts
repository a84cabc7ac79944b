import { beforeAll, describe, expect, it } from 'vitest';
import { pinHooks } from '../../src/planner/pinHooks.ts';
import { MARK, sceneMaker } from '../../src/planner/seen.ts';
import { storeOf } from '../../src/planner/store.ts';
import { loadWords } from '../../src/shared/words.ts';
import { pageAfter, put, regionsCame } from '../world.ts';

beforeAll(() => loadWords('en', 'desk'));

const line: [number, number][] = [
  [9.5, 47.1],
  [9.51, 47.1],
  [9.51, 47.11],
];

describe('pins of what is drawn', () => {
  it('have numbers beside the letters of what-ifs, and the line joins them', () => {
    const state = pageAfter(regionsCame, put, { is: 'sketched', sketch: { line, is_ring: true } });
    const scene = sceneMaker()(state, 0);
    expect(scene.pins.map((pin) => pin.letter)).toEqual(['A', '1', '2', '3']);
    expect(scene.route).toEqual([...line, line[0]]);
    const open = pageAfter(regionsCame, { is: 'sketched', sketch: { line, is_ring: false } });
    expect(sceneMaker()(open, 0).route).toEqual(line);
    const one = pageAfter(regionsCame, { is: 'sketched', sketch: { line: line.slice(0, 1), is_ring: true } });
    expect(sceneMaker()(one, 0).route).toBeNull();
  });

  it('are dragged, nudged and removed one by one, and leave the what-ifs alone', () => {
    const store = storeOf(pageAfter(regionsCame, put, { is: 'sketched', sketch: { line, is_ring: false } }));
    const hooks = pinHooks(store);
    const corners = () => store.state.peek().sketch?.line;
    const whatIfs = () => store.state.peek().scenario.whatIfs.map((one) => one.at);
    hooks.dragged('2', [9.52, 47.1]);
    expect(corners()).toEqual([line[0], [9.52, 47.1], line[2]]);
    hooks.nudged('1', 0, 10);
    expect(corners()?.[0]?.[1]).toBeCloseTo(47.1 + 10 / 111_195, 5);
    hooks.removed('3');
    expect(corners()).toHaveLength(2);
    hooks.dropped('1');
    hooks.chosen('1');
    expect(store.state.peek().selection).toMatchObject({ what: 'whatIf', letter: 'A' });
    expect(whatIfs()).toEqual([[9.5, 47.1]]);
    hooks.dragged('A', [9.6, 47.2]);
    expect(whatIfs()).toEqual([[9.6, 47.2]]);
    expect(corners()).toHaveLength(2);
    hooks.dragged(MARK, [9.7, 47.3]);
    expect(store.state.peek().marked).toEqual([9.7, 47.3]);
  });

  it('come one after the other by taps, which choose nothing else until one has let go', () => {
    const store = storeOf(pageAfter(regionsCame, { is: 'sketched', sketch: { line: [], is_ring: false } }));
    const tap = (at: [number, number]) =>
      store.dispatch({ is: 'mapTapped', at, thing: { what: 'piece', id: 'p1' } });
    tap([9.5, 47.1]);
    tap([9.51, 47.1]);
    expect(store.state.peek().sketch?.line).toEqual(line.slice(0, 2));
    store.dispatch({ is: 'escaped' });
    tap([9.6, 47.2]);
    expect(store.state.peek().sketch?.line).toHaveLength(2);
    expect(store.state.peek().selection).toBeNull();
    store.dispatch({ is: 'sketched', sketch: null });
    tap([9.6, 47.2]);
    expect(store.state.peek().selection).toEqual({ what: 'piece', id: 'p1' });
  });
});
