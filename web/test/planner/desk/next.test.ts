import { describe, expect, it } from 'vitest';
import { next } from '../../../src/planner/desk/next.ts';
import { type DeskEvent, type DeskState, NOBODY, type Step } from '../../../src/planner/desk/state.ts';
import { type Account, holds } from '../../../src/shared/accounts.ts';
import { piece } from '../../world.ts';

const wang: Account = { id: 1, name: 'wang', roles: [{ role: 'planner', region: 'here' }] };

const stateAfter = (...events: DeskEvent[]): DeskState => events.reduce(next, NOBODY);
const signedIn: DeskEvent = { is: 'signedIn', account: wang };
const draftOpened: DeskEvent = { is: 'draftOpened', piece: piece('p1', [9.5, 47.1]), etag: '"1"' };
const step = (entry: number, since = 0): Step => ({ entry, verb: 'edit', name: 'AB-0001-K', since });
const refused = (kind: string) => ({ what: 'refused', kind, why: kind, retry_after_s: null }) as const;

describe('a role', () => {
  it('includes the ones before it, in its region alone', () => {
    expect(holds(wang, 'planner', 'here')).toBe(true);
    expect(holds(wang, 'volunteer', 'here')).toBe(true);
    expect(holds(wang, 'administrator', 'here')).toBe(false);
    expect(holds(wang, 'planner', 'there')).toBe(false);
    expect(holds(null, 'volunteer', 'here')).toBe(false);
  });

  it('without a region holds everywhere, and one everywhere is no role in one region', () => {
    const all: Account = { ...wang, roles: [{ role: 'administrator', region: null }] };
    expect(holds(all, 'planner', 'there')).toBe(true);
    expect(holds(wang, 'planner', null)).toBe(false);
  });
});

describe('a session', () => {
  it('that has ended asks again, and keeps what was typed', () => {
    const s = stateAfter(
      signedIn,
      draftOpened,
      { is: 'saidSo', said: { note: 'half a sentence' } },
      { is: 'begun', deed: 'save' },
      { is: 'failed', deed: 'save', fault: refused('not-signed-in') },
    );
    expect(s).toMatchObject({ account: null, doing: null, dialog: { what: 'signIn', has_ended: true } });
    expect(s.draft?.said.note).toBe('half a sentence');
    expect(next(s, signedIn).draft?.said.note).toBe('half a sentence');
  });

  it('that is closed takes everything along', () => {
    const s = stateAfter(
      signedIn,
      draftOpened,
      { is: 'stepMade', step: step(7) },
      { is: 'signedIn', account: null },
    );
    expect(s).toEqual({ ...NOBODY });
  });

  it('is not over because a deed is not allowed', () => {
    const s = stateAfter(signedIn, { is: 'failed', deed: 'save', fault: refused('not-allowed') });
    expect(s.account).toBe(wang);
    expect(s.fault).toMatchObject({ deed: 'save', fault: { kind: 'not-allowed' } });
  });
});

describe('steps', () => {
  it('go from one pile to the other, known by the entry that took them back', () => {
    const made = stateAfter({ is: 'stepMade', step: step(7) }, { is: 'stepMade', step: step(8, 2) });
    const undone = next(made, { is: 'stepUndone', entry: 9, since: 2 });
    expect(undone.mine).toEqual([step(7)]);
    expect(undone.unmade).toEqual([step(9, 2)]);
    const redone = next(undone, { is: 'stepRedone', entry: 10, since: 2 });
    expect(redone.mine).toEqual([step(7), step(10, 2)]);
    expect(redone.unmade).toEqual([]);
  });

  it('cannot be made again after another one', () => {
    const s = stateAfter(
      { is: 'stepMade', step: step(7) },
      { is: 'stepUndone', entry: 8, since: 0 },
      { is: 'stepMade', step: step(9) },
    );
    expect(s.unmade).toEqual([]);
  });

  it('do not stand in the way once they cannot be taken back, or were so elsewhere', () => {
    const s = stateAfter({ is: 'stepMade', step: step(7) }, { is: 'stepMade', step: step(8) });
    expect(next(s, { is: 'stepLost', which: 'mine' }).mine).toEqual([step(7)]);
    expect(next(s, { is: 'stepForgotten', entry: 7 }).mine).toEqual([step(8)]);
  });
});

describe('an answer that comes late', () => {
  it('does not open a dialog that was closed', () => {
    const invitation = { role: 'planner', region: null, expires_at: '2026-12-01T00:00:00Z' } as const;
    expect(stateAfter({ is: 'looked', token: 't', invitation }).dialog).toBeNull();
  });

  it('of another region’s history is not put below this one’s', () => {
    const here = { region: 'here', entries: [], before: 3 };
    const s = stateAfter({ is: 'historyCame', history: here });
    expect(next(s, { is: 'olderCame', history: { ...here, region: 'there' } })).toBe(s);
  });
});
