import { describe, expect, it } from 'vitest';
import {
  gapRows,
  headline,
  isHeadlineStale,
  placedOf,
  sums,
  villageRows,
  villageRowsShown,
} from '../../src/planner/answers.ts';
import { next } from '../../src/planner/next.ts';
import { type Event, questionOf } from '../../src/planner/state.ts';
import { coverageCame, evaluation, gapsCame, pageAfter, put, regionsCame } from '../world.ts';

const plain = pageAfter(regionsCame, coverageCame, gapsCame);
const asked = next(plain, put);
const evaluated: Event = {
  is: 'evaluated',
  evaluated: { number: 1, question: questionOf(asked), since_ms: 0, answer: evaluation() },
};
const tried = next(asked, evaluated);

describe('the headline', () => {
  it('counts what is too far, and its share', () => {
    expect(headline(plain)).toEqual({ far_m: 2000, share: 2 / 3, bank_m: 3000, closed_m: null });
  });

  it('falls with the what-ifs, and shows how it was on demand', () => {
    expect(headline(tried)).toMatchObject({ far_m: 1850, closed_m: 150 });
    const before = next(tried, { is: 'beforeShown', before: true });
    expect(headline(before)).toMatchObject({ far_m: 2000, closed_m: 150 });
  });

  it('is stale until it answers the limit that is set', () => {
    expect(isHeadlineStale(plain)).toBe(false);
    expect(isHeadlineStale(next(plain, { is: 'limitSet', limit_m: 100 }))).toBe(true);
    const lost = { is: 'failed', part: 'coverage', fault: { what: 'unreachable' }, at_ms: 5 } as const;
    expect(isHeadlineStale(next(plain, lost))).toBe(true);
    expect(isHeadlineStale(next(next(plain, lost), { is: 'serviceBack' }))).toBe(true);
  });

  it('is the village’s when one is pinned', () => {
    const pinned = next(tried, { is: 'villagePicked', village: 'r1' });
    expect(headline(pinned)).toMatchObject({ far_m: 450, closed_m: 150 });
    const other = next(tried, { is: 'villagePicked', village: 'r2' });
    expect(headline(other)).toMatchObject({ far_m: 900, closed_m: 0 });
  });
});

describe('the villages', () => {
  it('are sorted by what is too far, worst first, and the other way round on demand', () => {
    expect(villageRowsShown(plain).map((row) => row.name)).toEqual(['Triesen', 'Vaduz']);
    const rising = next(plain, { is: 'sorted', column: 'far' });
    expect(villageRowsShown(rising).map((row) => row.name)).toEqual(['Vaduz', 'Triesen']);
    const byName = next(plain, { is: 'sorted', column: 'name' });
    expect(villageRowsShown(byName).map((row) => row.name)).toEqual(['Triesen', 'Vaduz']);
  });

  it('are filtered by any part of the name', () => {
    const filtered = next(plain, { is: 'filtered', text: ' ADU' });
    expect(villageRowsShown(filtered).map((row) => row.id)).toEqual(['r1']);
  });

  it('add up', () => {
    expect(sums(villageRows(plain))).toEqual({ far_m: 1500, share: 0.6, equipment: 12 });
  });

  it('show what the what-ifs close', () => {
    expect(villageRows(tried).map((row) => row.closed_m)).toEqual([150, 0]);
  });
});

describe('the stretches', () => {
  it('get shorter by what the what-ifs cover of them, and of no other bank', () => {
    expect(gapRows(tried).map((row) => row.left_m)).toEqual([250, 400]);
    expect(gapRows(plain).map((row) => row.left_m)).toEqual([400, 400]);
  });
});

it('says where a what-if pole really stands', () => {
  expect(placedOf(tried, 'A')).toMatchObject({ on: 'bank', moved_m: 3.2 });
  expect(placedOf(tried, 'B')).toBeNull();
});
