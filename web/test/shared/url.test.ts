import { describe, expect, it } from 'vitest';
import { hashFromView, onceIn, type View, viewFromHash } from '../../src/shared/url.ts';

const full: View = {
  camera: { zoom: 14.2, lat: 47.14, lon: 9.52 },
  region: 'liechtenstein',
  village: 'r48',
  selection: { what: 'gap', id: 'w609-l1@101697' },
  limit_m: 100,
  kinds: ['pole', 'ring'],
  any_condition: true,
  layers: ['banks', 'names'],
  opacity_pct: 60,
  whatIfs: [
    { letter: 'A', kind: 'pole', at: [9.5, 47.1] },
    { letter: 'C', kind: 'ring', at: [9.51, 47.1234567] },
  ],
  shows_before: true,
};

describe('the address', () => {
  it('reads as people would write it', () => {
    expect(hashFromView(full, '')).toBe(
      '#map=14.2/47.14/9.52&region=liechtenstein&village=r48&sel=gap:w609-l1@101697&limit=100&kinds=pole,ring' +
        '&any=1&layers=banks,names&opacity=60&try=A:pole:9.5,47.1;C:ring:9.51,47.1234567&show=before',
    );
  });

  it('gives the same view back', () => {
    expect(viewFromHash(hashFromView(full, ''))).toEqual(full);
  });

  it.each<View['selection']>([
    { what: 'place', at: [9.5, 47.1] },
    { what: 'piece', id: 'LI-001 & co' },
    { what: 'whatIf', letter: 'B' },
    null,
  ])('keeps the selection %j', (selection) => {
    expect(viewFromHash(hashFromView({ ...full, selection }, '')).selection).toEqual(selection);
  });

  it('tells nothing ticked from nothing said', () => {
    expect(viewFromHash(hashFromView({ ...full, kinds: [], layers: [] }, '')).kinds).toEqual([]);
    expect(viewFromHash('').kinds).toBeNull();
  });

  it('keeps keys that it does not know', () => {
    expect(hashFromView({ ...full, whatIfs: [] }, '#scn=k3f9&limit=50')).toContain('&scn=k3f9');
  });

  it.each([
    '#map=14/91/9.5',
    '#map=14/47',
    '#map=NaN/47/9',
    '#limit=-3',
    '#limit=1e3',
    '#limit=501',
    '#opacity=0',
    '#opacity=101',
    '#sel=gap:',
    '#sel=at:9.5',
    '#sel=whatif:DA',
    '#kinds=sword',
    '#try=A:pole:999,1;a:pole:9,47;B:sword:9,47',
    '#%E0%A4%A',
  ])('drops the bad value in %s without a word', (hash) => {
    expect(viewFromHash(hash)).toEqual(viewFromHash(''));
  });
});

describe('an invitation’s link', () => {
  it('gives its token, and an address without it', () => {
    expect(onceIn('#invitation=abc', 'invitation')).toEqual({ word: 'abc', rest: '' });
    expect(onceIn('#limit=100&invitation=abc&region=here', 'invitation')).toEqual({
      word: 'abc',
      rest: '#limit=100&region=here',
    });
    expect(onceIn('#signin=name-taken', 'signin')).toEqual({ word: 'name-taken', rest: '' });
    expect(onceIn('#limit=100', 'invitation')).toBeNull();
  });
});
