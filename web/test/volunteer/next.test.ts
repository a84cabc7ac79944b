import { describe, expect, it } from 'vitest';
import type { Stop } from '../../src/shared/duty.ts';
import { loadWords, wordsIn } from '../../src/shared/words.ts';
import '../../src/volunteer/words.ts';
import { codeIn, pieceWith } from '../../src/volunteer/code.ts';
import { check, checkIn, farFrom, report, skip } from '../../src/volunteer/entering.ts';
import { isDark, isTracked, ownRun } from '../../src/volunteer/next.ts';
import { tried } from '../../src/volunteer/outbox/entry.ts';
import { tilesAlong } from '../../src/volunteer/pack.ts';
import { bearing, toLine, windOf } from '../../src/volunteer/position.ts';
import { goneOf, nextStop } from '../../src/volunteer/run.ts';
import { NO_DRAFT } from '../../src/volunteer/state.ts';
import { isFull, longer } from '../../src/volunteer/track.ts';
import { at, entry, evening, following, HERE, NOW, pack } from './night.ts';

const entered = (...entries: ReturnType<typeof entry>[]) =>
  entries.map((entry) => ({ is: 'entered', entry, isKept: true }) as const);
const way = pack().patrol?.way ?? null;
const [first, second] = (way?.stops ?? []) as [Stop, Stop];

describe('a patrol', () => {
  it('is read off what was entered: started, at the next stop, over', () => {
    const begun = following(evening(), ...entered(entry('a', 1, { kind: 'start' })));
    expect(ownRun(begun).state).toBe('active');
    expect(nextStop(way, ownRun(begun))?.rank).toBe(1);
    const on = following(begun, ...entered(entry('b', 2, { stretch: 's1', how: 'hand' })));
    expect(nextStop(way, ownRun(on))?.rank).toBe(2);
    const skipped = following(
      on,
      ...entered(entry('c', 3, { kind: 'skip', stretch: 's2', reason: 'unsafe' })),
    );
    expect(nextStop(way, ownRun(skipped))?.rank).toBe(3);
    expect(ownRun(following(skipped, ...entered(entry('d', 4, { kind: 'finish' })))).state).toBe('over');
  });

  it('takes back what is undone', () => {
    const held = entry('b', 2, { stretch: 's1' }, { ripe_ms: NOW + 10_000 });
    const on = following(evening(), ...entered(entry('a', 1, { kind: 'start' }), held));
    expect(on.undo?.uuid).toBe('b');
    const back = following(on, { is: 'entryGone', uuid: 'b' });
    expect(back.undo).toBeNull();
    expect(nextStop(way, ownRun(back))?.rank).toBe(1);
  });

  it('is nobody else’s, whoever uses this phone next', () => {
    const begun = following(evening(), ...entered(entry('a', 1, { kind: 'start' })));
    const other = following(
      begun,
      { is: 'signedOut' },
      {
        is: 'signedIn',
        account: { name: 'wei', roles: [{ role: 'volunteer', region: 'liechtenstein' }] },
      },
    );
    expect(other.pack).toBeNull();
    expect(other.entries).toHaveLength(1);
    const withPack = following(other, { is: 'packCame', pack: pack(), at_ms: NOW });
    expect(ownRun(withPack).state).toBe('before');
  });

  it('records a track only between start and end, and only with consent', () => {
    const start = entered(entry('a', 1, { kind: 'start' }));
    expect(isTracked(evening())).toBe(false);
    expect(isTracked(following(evening(), ...start))).toBe(true);
    const refuses = evening({ volunteer: { id: 12, name: '王芳', consent: false } });
    expect(isTracked(following(refuses, ...start))).toBe(false);
  });
});

describe('the pack', () => {
  it('tells what the leader has changed since it was seen', () => {
    const { patrol } = pack();
    if (patrol === null) throw new Error('no patrol');
    const newer = pack({
      patrol: { ...patrol, number: 8, way: { ...patrol.way, stops: patrol.way.stops.slice(1) } },
    });
    const state = following(evening(), { is: 'packCame', pack: newer, at_ms: NOW });
    expect(state.change).toEqual({ from: 7, to: 8, added: 0, gone: 1, is_taken_over: false });
    expect(following(state, { is: 'changeSeen' }).change).toBeNull();
    const none = following(evening(), { is: 'packCame', pack: pack({ patrol: null }), at_ms: NOW });
    expect(none.change?.to).toBeNull();
  });

  it('keeps what was said without a line until it is told', () => {
    const said = following(
      evening(),
      { is: 'answered', answer: 'comes' },
      { is: 'consented', consent: false },
    );
    expect(said.owed).toMatchObject({ account: 'fang', day: '2026-11-27', answer: 'comes', consent: false });
    const again = following(said, { is: 'packCame', pack: pack(), at_ms: NOW });
    expect(again.pack?.value.duty?.answer).toBe('comes');
    expect(again.pack?.value.volunteer?.consent).toBe(false);
  });

  it('stays when the session is over, and what is entered still has its right', () => {
    const state = following(evening(), { is: 'sessionIs', session: 'none' });
    expect([state.session, state.who, state.pack?.value.hand_in.right.length]).toEqual(['ended', 'fang', 64]);
  });

  it('finds a piece by its code as it is typed or read', () => {
    expect(codeIn('https://zhugan.example/p/FQ-017?s=1')).toBe('FQ-017');
    for (const typed of ['FQ-017', 'fq017', ' fq 017 ', 'https://zhugan.example/p/FQ-017'])
      expect(pieceWith(pack(), typed)?.id).toBe('p1');
    expect(pieceWith(pack(), 'FQ-999')).toBeNull();
    expect(pieceWith(pack(), '')).toBeNull();
  });

  it('needs few tiles for its way: a quarter around it, at every zoom', () => {
    const tiles = tilesAlong(way?.line ?? []);
    expect(tiles.filter(({ z }) => z === 11).length).toBeLessThanOrEqual(2);
    expect(tiles.length).toBeGreaterThan(10);
    expect(tiles.length).toBeLessThan(60);
    expect(tiles).toContainEqual({ z: 14, x: 8625, y: 5753 });
  });
});

describe('an entry', () => {
  it('is by place where the place is known, else by hand', () => {
    const state = evening();
    expect(checkIn(state, first).how).toBe('hand');
    const located = following(state, { is: 'located', fix: { at: HERE, accuracy_m: 8, ms: NOW } });
    expect(checkIn(located, first)).toMatchObject({ kind: 'check_in', stretch: 's1', how: 'place' });
    expect(skip(first, 'unsafe')).toEqual({ kind: 'skip', stretch: 's1', reason: 'unsafe' });
  });

  it('warns who checks in far away, by how sure the place is', () => {
    const fix = (east_m: number, accuracy_m: number) => ({ at: at(east_m, 0), accuracy_m, ms: NOW });
    expect(farFrom(first, fix(50, 8), NOW)).toBeNull();
    expect(farFrom(second, fix(50, 8), NOW)).toBeCloseTo(350, 0);
    expect(farFrom(first, fix(-70, 8), NOW)).toBeCloseTo(70, 0);
    expect(farFrom(first, fix(-70, 60), NOW)).toBeNull();
    // Where somebody was two minutes ago says nothing.
    expect(farFrom(second, fix(50, 8), NOW + 120_000)).toBeNull();
  });

  it('says what was seen of a piece, at the stretch where it is to be looked at', () => {
    const [piece] = pack().equipment;
    if (piece === undefined) throw new Error('no piece');
    expect(check(evening(), piece, 'damaged', 'code')).toEqual({
      kind: 'check_in',
      stretch: 's1',
      equipment: 'p1',
      condition: 'damaged',
      how: 'code',
    });
  });

  it('reports what the service knows, and the rest in words', async () => {
    await loadWords('zh', 'volunteer');
    const t = wordsIn('zh');
    const [piece = null] = pack().equipment;
    expect(report(t, { ...NO_DRAFT, kind: 'missing', piece })).toEqual({
      kind: 'report',
      seen: 'missing',
      equipment: 'p1',
      note: null,
    });
    expect(report(t, { ...NO_DRAFT, kind: 'blocked', piece, note: '杂草' })).toMatchObject({
      seen: 'hazard',
      note: '被遮挡：杂草',
    });
    expect(report(t, { ...NO_DRAFT, kind: 'missing' })).toMatchObject({ seen: 'hazard', note: '缺失' });
  });

  it('of a piece that is gone takes it out of the nearest', () => {
    const gone = entry('a', 1, { equipment: 'p1', condition: 'missing' });
    expect([...goneOf([gone], pack())]).toEqual(['p1']);
    const found = entry('b', 2, { equipment: 'p1', condition: 'usable' });
    expect([...goneOf([gone, found], pack())]).toEqual([]);
    expect([...goneOf([tried(gone, { is: 'refused', why: '' }, NOW)], pack())]).toEqual([]);
  });
});

describe('the track', () => {
  const fix = (east_m: number, s: number, accuracy_m = 8) => ({
    at: at(east_m, 0),
    accuracy_m,
    ms: NOW + s * 1000,
  });
  const uuid = () => 'u';

  it('takes a fix that is elsewhere or later, and none that says nothing', () => {
    let track = longer(null, fix(0, 0), uuid);
    track = longer(track, fix(1, 3), uuid);
    expect(track?.fixes).toHaveLength(1);
    track = longer(track, fix(8, 6), uuid);
    track = longer(track, fix(8, 30), uuid);
    track = longer(track, fix(300, 33, 500), uuid);
    expect(track?.fixes.map(([ms]) => ms)).toEqual([0, 6000, 30_000]);
  });

  it('is handed in every two minutes, or every hundred fixes', () => {
    let track = longer(null, fix(0, 0), uuid);
    if (track === null) throw new Error('no track');
    expect(isFull(track, NOW + 60_000)).toBe(false);
    expect(isFull(track, NOW + 120_000)).toBe(true);
    for (let i = 1; i < 100; i += 1) track = longer(track, fix(i * 10, i), uuid) ?? track;
    expect(isFull(track, NOW + 99_000)).toBe(true);
  });
});

describe('the place', () => {
  it('knows the way to a line and the wind', () => {
    expect(toLine(HERE, [at(-50, 30), at(50, 30)])).toBeCloseTo(30, 1);
    expect(toLine(HERE, [at(30, 40), at(80, 40)])).toBeCloseTo(50, 1);
    expect(bearing(HERE, at(100, 0))).toBeCloseTo(90, 1);
    expect([0, 44, 46, 359].map(windOf)).toEqual([0, 1, 1, 0]);
  });
});

describe('the light', () => {
  it('is dark in the evening, unless somebody says otherwise', () => {
    expect(isDark(evening())).toBe(true);
    expect(isDark(following(evening(), { is: 'themePicked', theme: 'light' }))).toBe(false);
    expect(isDark(following(evening(), { is: 'ticked', now_ms: NOW, is_evening: false }))).toBe(false);
  });
});
