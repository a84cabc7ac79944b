import { beforeAll, describe, expect, it } from 'vitest';
import { entryText } from '../../../src/planner/desk/panels/entryText.ts';
import type { AuditEntry } from '../../../src/shared/contract.ts';
import { type Language, loadWords, wordsIn } from '../../../src/shared/words.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
  await loadWords('zh', 'later', 'desk');
});

const pole = {
  presence: 'registered',
  id: 'p1',
  kind: 'pole',
  condition: 'usable',
  at: [9.5, 47.1],
  name: null,
};

function said(before: object | null, after: object | null, thing = 'equipment', language: Language = 'en') {
  const entry = { id: 1, at: '2026-01-02T03:04:05Z', who: 'wang', thing, thing_id: 'p1', before, after };
  const text = entryText(wordsIn(language), entry as unknown as AuditEntry, () => 'LI-0173-K');
  const changes = text.changes.map((one) => `${one.field}: ${one.before} → ${one.after}`);
  return [`${text.thing} ${text.verb}`, ...changes];
}

describe('an entry of the log', () => {
  it('says what was changed, before and after', () => {
    const after = { ...pole, condition: 'missing', name: 'by the mill' };
    expect(said(pole, after)).toEqual([
      'LI-0173-K edited',
      'Condition: Working → Missing',
      'Name: — → by the mill',
    ]);
    expect(said(pole, after, 'equipment', 'zh')).toEqual([
      'LI-0173-K 已编辑',
      '状态: 完好 → 缺失',
      '名称: — → by the mill',
    ]);
  });

  it('says how far a piece was moved', () => {
    expect(said(pole, { ...pole, at: [9.5, 47.101] })).toEqual([
      'LI-0173-K moved',
      'Place: 47.10000, 9.50000 → 47.10100, 9.50000 (111 m)',
    ]);
  });

  it('tells what was put up, taken away and brought back', () => {
    expect(said(null, pole)).toEqual(['LI-0173-K put up']);
    expect(said(pole, { ...pole, presence: 'retired', note: 'rotten' })).toEqual(['LI-0173-K taken out']);
    expect(said({ ...pole, presence: 'retired' }, pole)).toEqual(['LI-0173-K put up']);
  });

  it('tells what became of a crossing, and of things it does not know', () => {
    expect(said({ state: 'open' }, { state: 'closed' }, 'crossing')[0]).toContain('closed');
    expect(said({ depth: 1 }, { depth: 2 }, 'well')).toEqual(['well p1 edited', 'depth: 1 → 2']);
  });
});
