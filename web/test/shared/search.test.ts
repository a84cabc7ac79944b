import { describe, expect, it } from 'vitest';
import { hits, type Searched } from '../../src/shared/search.ts';
import { piece, row } from '../world.ts';

const among: Searched = {
  villages: [row('r1', 'Vaduz'), row('r2', '枫桥村', { code: '330681' })],
  waters: [row('w1', 'Rhein'), row('w2', '', { name: null })],
  equipment: [piece('LI-007', [9.5, 47.1]), piece('x', [9.5, 47.1], { code: 'FQ-017' })],
  area: [9.4, 47, 9.7, 47.3],
};
const found = (text: string) => hits(text, among).map((hit) => (hit.what === 'place' ? hit.at : hit.id));

describe('search', () => {
  it('finds villages by name and code, waters, and equipment by printed code and id', () => {
    expect(found('vad')).toEqual(['r1']);
    expect(found('枫桥')).toEqual(['r2']);
    expect(found('330681')).toEqual(['r2']);
    expect(found('rhe')).toEqual(['w1']);
    expect(found('017')).toEqual(['x']);
    expect(found('li-0')).toEqual(['LI-007']);
  });

  it('takes coordinates', () => {
    expect(found('47.14, 9.52')).toEqual([[9.52, 47.14]]);
  });

  it('finds nothing for nothing', () => {
    expect(found('  ')).toEqual([]);
    expect(found('zzz')).toEqual([]);
  });
});
