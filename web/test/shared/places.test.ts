import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../src/shared/contract.ts';
import { apart, boundsOf, middleOf, placeFromText, shifted } from '../../src/shared/places.ts';

const liechtenstein: Bounds = [9.47, 47.04, 9.64, 47.28];
const waterTown: Bounds = [122.9, 29.7, 123.1, 29.9];

describe('a place typed by hand', () => {
  it.each<[string, Bounds | null, [number, number] | null]>([
    ['47.14, 9.52', liechtenstein, [9.52, 47.14]],
    ['9.52, 47.14', liechtenstein, [9.52, 47.14]],
    ['29.80,123.00', waterTown, [123, 29.8]],
    ['123.00，29.80', waterTown, [123, 29.8]],
    ['47.14 9.52', null, [9.52, 47.14]],
    ['-33.9; 18.4', liechtenstein, [18.4, -33.9]],
    ['123, 29.8', null, [123, 29.8]],
    ['Vaduz', liechtenstein, null],
    ['47.14', liechtenstein, null],
    ['999, 999', liechtenstein, null],
  ])('%s', (text, area, place) => {
    expect(placeFromText(text, area)).toEqual(place);
  });
});

describe('a step on the ground', () => {
  it('is as long as it says, in every direction', () => {
    for (const [east, north] of [
      [10, 0],
      [0, -10],
      [6, 8],
    ] as const) {
      const to = shifted([9.52, 47.14], east, north);
      expect(apart([9.52, 47.14], to)).toBeCloseTo(10, 3);
    }
  });
});

describe('a line', () => {
  const line = [
    [9.5, 47.1],
    [9.6, 47.2],
    [9.4, 47.3],
  ];
  it('has bounds, and a middle that is on it', () => {
    expect(boundsOf([line])).toEqual([9.4, 47.1, 9.6, 47.3]);
    expect(middleOf(line)).toEqual([9.6, 47.2]);
    expect(boundsOf([])).toBeNull();
  });
});
