import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/volunteer/nearest.ts';
import { at, HERE, pack } from './night.ts';

const { equipment } = pack();
const near = (ground: Partial<ReturnType<typeof pack>['ground']>, gone?: ReadonlySet<string>) =>
  nearest({ equipment, ground: { nodes: [], near: [], barriers: [], ...ground } }, HERE, gone);

describe('the nearest piece without a line', () => {
  it('is the nearest over the nodes in sight, the leg to the node counted as open ground', () => {
    const [first, second] = near({
      nodes: [at(40, 0), at(0, 80)],
      near: [[[0, 10]], [[1, 5]]],
    });
    expect(first?.piece.id).toBe('p1');
    expect(first?.meters).toBeCloseTo(60, 0);
    expect(second?.meters).toBeCloseTo(105, 0);
  });

  it('takes no node behind water', () => {
    const ditch = [at(20, -200), at(20, 200)];
    const [first] = near({
      nodes: [at(40, 0), at(-100, 0)],
      near: [[[0, 10]], [[0, 300]]],
      barriers: [ditch],
    });
    expect(first?.meters).toBeCloseTo(425, 0);
    expect(first?.is_straight).toBe(false);
  });

  it('walks past the end of a wall, and along it', () => {
    const wall = [at(20, 1), at(20, 200)];
    const [first] = near({ nodes: [at(40, 0)], near: [[[0, 10]]], barriers: [wall] });
    expect(first?.meters).toBeCloseTo(60, 0);
  });

  it('names each piece once, by its best way, and three at most', () => {
    const found = near({
      nodes: [at(10, 0), at(0, 10), at(-10, 0)],
      near: [
        [
          [0, 50],
          [1, 70],
        ],
        [
          [0, 20],
          [2, 90],
        ],
        [[1, 30]],
      ],
    });
    expect(found.map(({ piece }) => piece.id)).toEqual(['p1', 'p2', 'p3']);
    expect(found[0]?.meters).toBeCloseTo(32.5, 0);
  });

  it('leaves out what was seen to be missing tonight', () => {
    const found = near(
      {
        nodes: [at(10, 0)],
        near: [
          [
            [0, 5],
            [1, 40],
          ],
        ],
      },
      new Set(['p1']),
    );
    expect(found.map(({ piece }) => piece.id)).toEqual(['p2']);
  });

  it('says how far it is straight where no way is known', () => {
    const found = near({});
    expect(found.map(({ piece, is_straight }) => [piece.id, is_straight])).toEqual([
      ['p1', true],
      ['p2', true],
      ['p3', true],
    ]);
  });

  it('answers at once on the ground of a large town', () => {
    const nodes = Array.from({ length: 6000 }, (_, i) =>
      at((i % 80) * 10 - 400, Math.floor(i / 80) * 10 - 370),
    );
    const barriers = Array.from({ length: 400 }, (_, i) =>
      Array.from({ length: 50 }, (_, k) => at(i * 4 - 800, k * 3 + 7)),
    );
    const began = performance.now();
    near({ nodes, near: nodes.map((_, i) => [[i % 3, 200]] as const), barriers });
    expect(performance.now() - began).toBeLessThan(500);
  });
});
