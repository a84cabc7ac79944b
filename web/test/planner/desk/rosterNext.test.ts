// The roster as it changes: proposals, moves, swaps, locks, undo, and what others keep meanwhile.
import { describe, expect, it } from 'vitest';
import { mondayOf, todayIn, weekdayOf, weekOf } from '../../../src/planner/desk/roster/days.ts';
import { next } from '../../../src/planner/desk/roster/next.ts';
import {
  dirtyDays,
  fairnessOf,
  isDirty,
  type RosterEvent,
  type RosterState,
  teamsOn,
} from '../../../src/planner/desk/roster/state.ts';
import {
  came,
  evening,
  FRI,
  ids,
  MONDAY,
  proposal,
  rosterAfter,
  THU,
  teams,
  WED,
  week,
} from './rostered.tsx';

const on = (state: RosterState, day: string) => ids(teamsOn(state, day));
const known = came(evening(THU, teams([1, 2], [3])), evening(FRI, teams([-3])));
const at = (day: string, volunteer: number) => ({ day, volunteer });

describe('the days', () => {
  it('begin with a Monday, also over the end of a year', () => {
    expect(mondayOf('2026-11-29')).toBe(MONDAY);
    expect(mondayOf(MONDAY)).toBe(MONDAY);
    expect(weekdayOf('2026-11-29')).toBe(7);
    expect(weekOf('2026-12-28')).toContain('2027-01-03');
  });

  it('are those of the region’s clock', () => {
    expect(todayIn('Asia/Shanghai')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe('moving somebody', () => {
  it('puts them into another team of the evening, still locked', () => {
    const state = rosterAfter(...known, { is: 'lockSet', spot: at(THU, 1), isLocked: true });
    const moved = next(state, { is: 'moved', spot: at(THU, 1), day: THU, team: 1 });
    expect(on(moved, THU)).toEqual([[2], [3, -1]]);
  });

  it('puts them on another evening, free of the lock that held them on this one', () => {
    const moved = rosterAfter(...known, { is: 'moved', spot: at(FRI, 3), day: WED, team: 1 });
    expect(on(moved, FRI)).toEqual([[]]);
    expect(on(moved, WED)).toEqual([[], [3]]);
    expect(dirtyDays(moved)).toEqual([WED, FRI]);
  });

  it('never puts anybody on an evening twice', () => {
    const state = rosterAfter(...known);
    expect(next(state, { is: 'moved', spot: at(THU, 3), day: FRI, team: 0 })).toBe(state);
    expect(next(state, { is: 'added', day: FRI, team: 0, volunteer: 3 })).toBe(state);
  });

  it('changes nothing where they are already, or where they are not', () => {
    const state = rosterAfter(...known);
    expect(next(state, { is: 'moved', spot: at(THU, 3), day: THU, team: 1 })).toBe(state);
    expect(next(state, { is: 'moved', spot: at(WED, 3), day: THU, team: 1 })).toBe(state);
  });

  it('keeps them chosen in their new place', () => {
    const state = rosterAfter(...known, { is: 'chosen', spot: at(THU, 1) });
    const moved = next(state, { is: 'moved', spot: at(THU, 1), day: FRI, team: 0 });
    expect(moved.chosen).toEqual(at(FRI, 1));
  });
});

describe('two who swap', () => {
  it('change their places, within an evening and between two', () => {
    const within = rosterAfter(...known, { is: 'swapped', spot: at(THU, 1), other: at(THU, 3) });
    expect(on(within, THU)).toEqual([[3, 2], [1]]);
    const known2 = came(evening(THU, teams([1, 2])), evening(FRI, teams([-3])));
    const between = rosterAfter(...known2, { is: 'swapped', spot: at(THU, 1), other: at(FRI, 3) });
    expect([on(between, THU), on(between, FRI)]).toEqual([[[3, 2]], [[1]]]);
  });

  it('do not, where one of them would be on an evening twice', () => {
    const state = rosterAfter(...known);
    expect(next(state, { is: 'swapped', spot: at(THU, 1), other: at(FRI, 3) })).toBe(state);
  });
});

describe('teams', () => {
  it('are named, added, and taken away when nobody is in them', () => {
    const state = rosterAfter(
      ...known,
      { is: 'teamNamed', day: THU, team: 0, name: ' North ' },
      { is: 'teamAdded', day: THU },
    );
    expect(teamsOn(state, THU).map(({ name }) => name)).toEqual(['North', null, null]);
    const fewer = next(state, { is: 'teamDropped', day: THU, team: 2 });
    expect(teamsOn(fewer, THU)).toHaveLength(2);
    expect(next(fewer, { is: 'teamDropped', day: THU, team: 0 })).toBe(fewer);
  });
});

describe('going back', () => {
  const changes: RosterEvent[] = [
    { is: 'removed', spot: at(THU, 1) },
    { is: 'added', day: WED, team: 0, volunteer: 1 },
  ];

  it('undoes one change after the other, and does them again', () => {
    const state = rosterAfter(...known, ...changes);
    const back = next(next(state, { is: 'wentBack' }), { is: 'wentBack' });
    expect(dirtyDays(back)).toEqual([]);
    expect(next(back, { is: 'wentBack' })).toBe(back);
    const again = next(next(back, { is: 'wentOn' }), { is: 'wentOn' });
    expect(again.drafts).toEqual(state.drafts);
  });

  it('leads to how it was, also after that was saved', () => {
    const saved = rosterAfter(
      ...known,
      { is: 'removed', spot: at(THU, 1) },
      { is: 'kept', evening: evening(THU, teams([2], [3]), { validator: '"1"' }) },
    );
    expect(isDirty(saved, THU)).toBe(false);
    const back = next(saved, { is: 'wentBack' });
    expect(on(back, THU)).toEqual([[1, 2], [3]]);
    expect(isDirty(back, THU)).toBe(true);
  });

  it('forgets what was undone when something else is changed', () => {
    const state = rosterAfter(...known, ...changes, { is: 'wentBack' });
    expect(next(state, { is: 'removed', spot: at(THU, 2) }).future).toEqual([]);
  });
});

describe('a proposal', () => {
  const evenings = [evening(WED, teams([1])), evening(THU, teams([1], [2])), evening(FRI, teams([-3], [2]))];
  const proposed: RosterEvent = {
    is: 'proposed',
    proposal: proposal(evenings, { 1: 4, 2: 5, 3: 4 }),
    wanted: { teams: 2, members: 1 },
  };

  it('is a draft that can be undone', () => {
    const state = rosterAfter(...known, proposed);
    expect(on(state, THU)).toEqual([[1], [2]]);
    expect(dirtyDays(state)).toEqual([WED, THU, FRI]);
    expect(dirtyDays(next(state, { is: 'wentBack' }))).toEqual([]);
  });

  it('tells how fair the week is, also after it was changed by hand', () => {
    const state = rosterAfter(...known, proposed);
    expect(fairnessOf(state)).toEqual({
      least: 4,
      most: 5,
      n_people: 3,
      n_open: 1,
      without: { swimmer: 3, first_aid: 2 },
    });
    const changed = next(state, { is: 'removed', spot: at(WED, 1) });
    expect(fairnessOf(changed)).toMatchObject({ least: 3, most: 5, n_open: 2 });
  });

  it('tells nothing of a week for which nothing was proposed', () => {
    expect(fairnessOf(rosterAfter(...known))).toBeNull();
    expect(fairnessOf(rosterAfter(...known, proposed, { is: 'weekPicked', monday: FRI }))).toBeNull();
  });

  it('wants a sensible number of teams and people', () => {
    expect(rosterAfter({ is: 'wished', wanted: { teams: 0, members: 99 } }).wanted).toEqual({
      teams: 1,
      members: 20,
    });
  });
});

describe('what others keep meanwhile', () => {
  const theirs = evening(THU, teams([2]), { validator: '"theirs"', answers: { 2: 'cannot' } });
  const mine: RosterEvent = { is: 'removed', spot: at(THU, 1) };

  it('is taken over where one has changed nothing', () => {
    const state = rosterAfter(...known, { is: 'eveningsCame', evenings: week(theirs) });
    expect(on(state, THU)).toEqual([[2]]);
  });

  it('does not slip below what one is changing: it is noticed when that is saved', () => {
    const state = rosterAfter(...known, mine, { is: 'eveningsCame', evenings: week(theirs) });
    expect(on(state, THU)).toEqual([[2], [3]]);
    expect(state.kept[THU]?.validator).toBe(`"evening-${THU}-0"`);
    expect(state.kept[THU]?.answers).toEqual({ 2: 'cannot' });
  });

  const conflicted: RosterEvent = {
    is: 'conflicted',
    day: THU,
    conflict: { theirs, published: false },
  };

  it('can be written over, by its own validator', () => {
    const state = rosterAfter(...known, mine, conflicted, { is: 'settled', day: THU, isMine: true });
    expect(on(state, THU)).toEqual([[2], [3]]);
    expect(state.kept[THU]?.validator).toBe('"theirs"');
    expect(state.conflicts).toEqual({});
  });

  it('can be taken, and one’s own is had again by going back', () => {
    const state = rosterAfter(...known, mine, conflicted, { is: 'settled', day: THU, isMine: false });
    expect(on(state, THU)).toEqual([[2]]);
    expect(dirtyDays(state)).toEqual([]);
    expect(on(next(state, { is: 'wentBack' }), THU)).toEqual([[2], [3]]);
  });
});

describe('in other places', () => {
  it('leaves drafts of another week in their week', () => {
    const state = rosterAfter(
      ...known,
      { is: 'removed', spot: at(THU, 1) },
      { is: 'weekPicked', monday: '2026-12-03' },
    );
    expect(state.monday).toBe('2026-11-30');
    expect(dirtyDays(state)).toEqual([THU]);
  });

  it('forgets everybody in another region', () => {
    const state = rosterAfter(...known, { is: 'left', today: '2026-12-01' });
    expect(state).toMatchObject({ people: null, kept: {}, drafts: {}, monday: '2026-11-30' });
  });

  it('lists whoever has come, and no longer who has left', () => {
    const [first] = rosterAfter(...known).people ?? [];
    if (first === undefined) throw new Error('nobody');
    const state = rosterAfter(...known, { is: 'personCame', person: { ...first, state: 'left' } });
    expect(state.people?.map(({ id }) => id)).toEqual([2, 3]);
  });
});
