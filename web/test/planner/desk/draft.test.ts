import { describe, expect, it } from 'vitest';
import {
  changed,
  differences,
  editOf,
  type Fields,
  fieldsOf,
  newPieceOf,
  rebased,
} from '../../../src/planner/desk/draft.ts';
import { piece } from '../../world.ts';

const base: Fields = {
  kind: 'pole',
  condition: 'usable',
  at: [9.5, 47.1],
  name: 'by the mill',
  inspected_on: '',
  note: '',
};

describe('what is said of a piece', () => {
  it('is read from the register, where nothing said is an empty text', () => {
    const read = fieldsOf(piece('p1', [9.5, 47.1], { name: 'by the mill' }));
    expect(read).toEqual(base);
  });

  it('is sent as the changed fields alone, and what is taken away as null', () => {
    const mine = { ...base, condition: 'missing' as const, name: ' ', at: [9.6, 47.2] as [number, number] };
    expect(editOf(base, mine)).toEqual({ condition: 'missing', at: [9.6, 47.2], name: null });
    expect(editOf(base, base)).toEqual({});
  });

  it('has no place moved by less than a centimeter', () => {
    expect(changed(base, { ...base, at: [9.500_000_01, 47.1] })).toEqual([]);
  });

  it('leaves out of a new piece what is not said', () => {
    expect(newPieceOf({ ...base, name: '' })).toEqual({ kind: 'pole', at: [9.5, 47.1], condition: 'usable' });
    expect(newPieceOf({ ...base, note: ' new ' })).toMatchObject({ note: 'new', name: 'by the mill' });
  });
});

describe('two versions of a piece', () => {
  const theirs: Fields = { ...base, condition: 'damaged', note: 'rope is gone' };
  const mine: Fields = { ...base, condition: 'missing', name: 'at the weir' };

  it('differ where either has changed something, and it is known who', () => {
    expect(differences(base, theirs, mine)).toEqual([
      { field: 'condition', is_mine: true },
      { field: 'name', is_mine: true },
      { field: 'note', is_mine: false },
    ]);
  });

  it('do not differ where both have said the same', () => {
    expect(differences(base, theirs, { ...base, condition: 'damaged', note: 'rope is gone' })).toEqual([]);
  });

  it('come together as theirs with one’s own changes on it', () => {
    expect(rebased(base, theirs, mine)).toEqual({
      ...theirs,
      condition: 'missing',
      name: 'at the weir',
    });
  });
});
