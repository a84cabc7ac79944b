import { act, cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBegun, isSeen, seenNow } from '../../src/volunteer/seen.ts';
import { evening, following, NOW, pack, seenCame, seenStop, teamSeen } from './night.ts';
import { bothLanguages, show, started } from './shown.tsx';

beforeAll(bothLanguages);
afterEach(cleanup);

describe('what was seen of the way', () => {
  it('counts as seen from four fifths on', () => {
    expect([79, 80, 100].map((m) => isSeen(seenStop(1, m)))).toEqual([false, true, true]);
  });

  it('is of the patrol that is at hand, and no other', () => {
    const state = following(evening(), seenCame());
    expect(seenNow(state)?.team.seen_m).toBe(150);
    const { patrol } = pack();
    if (patrol === null) throw new Error('no patrol');
    const other = (over: object) =>
      following(state, { is: 'packCame', pack: pack({ patrol: { ...patrol, ...over } }), at_ms: NOW });
    expect(seenNow(other({ number: 8 }))).toBeNull();
    expect(seenNow(other({ team: 1 }))).toBeNull();
    expect(
      seenNow(following(state, { is: 'packCame', pack: pack({ day: '2026-11-28' }), at_ms: NOW })),
    ).toBeNull();
  });

  it('is forgotten with the account', () => {
    const state = following(evening(), seenCame());
    expect(following(state, { is: 'signedOut' }).seen).toBeNull();
    expect(following(state, { is: 'signedIn', account: { name: 'wei', roles: [] } }).seen).toBeNull();
    expect(following(state, { is: 'regionPicked', region: 'shuixiang' }).seen).toBeNull();
  });

  it('is told only when somebody has set off', () => {
    const quiet = { started_at: null, seen_m: 0 };
    const seen = seenNow(following(evening(), seenCame(quiet)));
    expect(seen !== null && hasBegun(seen)).toBe(false);
    show(following(evening(), seenCame(quiet)));
    expect(screen.queryByText(/未巡/)).toBeNull();
  });

  it('is said beside the map with its time, and what its lines mean', () => {
    const map = following(started(), seenCame(), { is: 'tabPicked', tab: 'map' });
    const { dispatch } = show(map);
    // 18:30 of the world is 19:30 in Vaduz.
    screen.getByText('已巡 0.15 / 0.30 公里，截至 19:30');
    expect(screen.getByRole('progressbar', { name: '已巡河岸' })).toHaveProperty('value', 150);
    screen.getByText('粗线：还没巡到');
    screen.getByText('细线：已巡');
    act(() => dispatch({ is: 'chartIs', chart: 'none' }));
    expect(screen.queryByText('细线：已巡')).toBeNull();
  });

  it('stays as it was last known where there is no line', () => {
    const offline = following(
      started(),
      seenCame(),
      { is: 'lineIs', up: false },
      { is: 'ticked', now_ms: NOW + 3_600_000, is_evening: true },
      { is: 'tabPicked', tab: 'map' },
    );
    show(offline);
    screen.getByText(/截至 19:30$/);
  });

  it('is said of every stop: seen, what is left of it, or nothing yet', () => {
    show(following(started(), seenCame()));
    const stops = [...document.querySelectorAll('.stops li')].map((li) => li.textContent ?? '');
    expect(stops.map((text) => /✓ 已巡|还差 50 米|未巡/.exec(text)?.[0])).toEqual([
      '✓ 已巡',
      '还差 50 米',
      '未巡',
    ]);
  });

  it('is told after the patrol, too', () => {
    const over = following(started(), seenCame({ state: 'done' }), {
      is: 'entered',
      entry: { ...started().entries[0], uuid: 'z', seq: 9 } as never,
      isKept: true,
    });
    const finished = following(over, {
      is: 'entered',
      entry: {
        ...(over.entries[0] as NonNullable<(typeof over.entries)[0]>),
        uuid: 'f',
        seq: 10,
        body: { ...over.entries[0]?.body, kind: 'finish' } as never,
      },
      isKept: true,
    });
    show(finished);
    screen.getByText(/^已巡 0\.15 \/ 0\.30 公里/);
    expect(teamSeen().stops).toHaveLength(3);
  });
});
