import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dutyApi } from '../../src/shared/duty.ts';
import {
  again,
  type Entry,
  exported,
  forgettable,
  goodRight,
  nextToSend,
  renewed,
  tried,
  waitAfter,
} from '../../src/volunteer/outbox/entry.ts';
import { forgetfulKeep, type Keep } from '../../src/volunteer/outbox/keeping.ts';
import { type Outbox, openOutbox } from '../../src/volunteer/outbox/sending.ts';
import { entry, NOW, pack } from './night.ts';

const taken = { id: 'x', received_at: '2026-11-27T18:31:00Z', report: null };

describe('the right to hand in', () => {
  const right = (until: string) => pack({ hand_in: { right: 'b'.repeat(64), until } });
  const good = (value: ReturnType<typeof pack>, entries: Entry[] = []) =>
    goodRight({ pack: { value }, entries, who: 'fang' }, NOW)?.right ?? null;

  it('is kept as long as it holds for a week', () => {
    const later = new Date(NOW + 8 * 86_400_000).toISOString();
    const soon = new Date(NOW + 6 * 86_400_000).toISOString();
    expect(good(right(later))).toBe('b'.repeat(64));
    expect(good(right(soon))).toBeNull();
  });

  it('is asked for anew where something waits for one', () => {
    const later = new Date(NOW + 8 * 86_400_000).toISOString();
    const locked = { ...entry('a', 1), account: 'fang', state: { is: 'locked' } as const };
    expect(good(right(later), [locked])).toBeNull();
    expect(good(right(later), [{ ...locked, account: 'ming' }])).not.toBeNull();
  });
});

describe('the outbox', () => {
  it('sends in the order of entering', () => {
    expect(nextToSend([entry('b', 2), entry('a', 1)], NOW)?.uuid).toBe('a');
  });

  it('lets nothing overtake what may still be undone, but a call for help', () => {
    const held = entry('a', 1, {}, { ripe_ms: NOW + 5000 });
    expect(nextToSend([held, entry('b', 2)], NOW)).toBeNull();
    expect(nextToSend([held, entry('c', 3, { kind: 'person_in_water' })], NOW)?.uuid).toBe('c');
    expect(nextToSend([held, entry('b', 2)], NOW + 5000)?.uuid).toBe('a');
  });

  it('goes on with the others where the service is in trouble with one', () => {
    const later = tried(entry('a', 1), { is: 'later', wait_ms: null }, NOW);
    expect(later.ripe_ms).toBe(NOW + waitAfter(1));
    expect(nextToSend([later, entry('b', 2)], NOW)?.uuid).toBe('b');
  });

  it('waits twice as long after every try, and never more than five minutes', () => {
    expect([1, 2, 3].map(waitAfter)).toEqual([4000, 8000, 16_000]);
    expect(waitAfter(40)).toBe(300_000);
  });

  it('keeps a refused entry until somebody tries again or deletes it', () => {
    const refused = tried(entry('a', 1), { is: 'refused', why: 'no such stretch' }, NOW);
    expect(nextToSend([refused], NOW)).toBeNull();
    expect(nextToSend([again(refused)], NOW)?.uuid).toBe('a');
  });

  it('is not done with a report before its photos have gone', () => {
    const photo = { photo: new Blob(['x']), is: 'waiting' } as const;
    const report = entry('a', 1, { kind: 'report' }, { photos: [photo] });
    const arrived = tried(
      report,
      { is: 'taken', answer: { ...taken, report: { id: 17, photo_right: 'r' } } },
      NOW,
    );
    expect(arrived.state).toEqual({
      is: 'photos',
      received_at: taken.received_at,
      report: 17,
      photo_right: 'r',
    });
    expect(nextToSend([arrived], NOW)?.uuid).toBe('a');
  });

  it('goes on with the new right of the same account in the same region alone', () => {
    const locked = (uuid: string, account: string): Entry =>
      tried({ ...entry(uuid, 1), account }, { is: 'locked' }, NOW);
    const all = [locked('a', 'fang'), locked('b', 'wei')];
    expect(renewed(all, 'fang', 'liechtenstein', 'new').map(({ uuid, right }) => [uuid, right])).toEqual([
      ['a', 'new'],
    ]);
    expect(renewed(all, 'fang', 'shuixiang', 'new')).toEqual([]);
  });

  it('forgets what arrived the day before yesterday, and nothing that has not', () => {
    const sent = tried(entry('a', 1), { is: 'taken', answer: taken }, NOW);
    const soon = NOW + 3_600_000;
    const late = NOW + 48 * 3_600_000;
    expect(forgettable([sent, entry('b', 2)], soon)).toEqual([]);
    expect(forgettable([sent, entry('b', 2)], late).map(({ uuid }) => uuid)).toEqual(['a']);
  });

  it('drops the track itself once it has arrived', () => {
    const track = entry('a', 1, { kind: 'track', fixes: [[0, 9.5, 47.1, 5]] });
    expect(tried(track, { is: 'taken', answer: taken }, NOW).body.fixes).toEqual([]);
  });

  it('can be taken along as a file, without what has arrived', () => {
    const sent = tried(entry('a', 1), { is: 'taken', answer: taken }, NOW);
    const file = JSON.parse(exported([sent, entry('b', 2, { note: '缺失' })], new Map()));
    expect(
      file.entries.map((one: { uuid: string; body: { note: string } }) => [one.uuid, one.body.note]),
    ).toEqual([['b', '缺失']]);
  });
});

describe('sending', () => {
  let keep: Keep;
  let outbox: Outbox;
  let asked: { path: string; right: string | null }[];
  let answers: (() => Response | Promise<Response>)[];
  const told = { sending: vi.fn(), is: vi.fn(), reached: vi.fn() };

  const json = (status: number, body: object, headers: Record<string, string> = {}) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const problem = (status: number, detail: string, headers = {}) =>
    json(status, { type: '/problems/x', title: '', detail, status }, headers);
  const states = async () =>
    (await keep.entries()).toSorted((a, b) => a.seq - b.seq).map(({ state }) => state.is);
  const settle = () => vi.advanceTimersByTimeAsync(20);

  beforeEach(() => {
    vi.useFakeTimers();
    keep = forgetfulKeep();
    asked = [];
    answers = [];
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      asked.push({ path, right: new Headers(init.headers).get('hand-in') });
      return Promise.resolve((answers.shift() ?? (() => json(201, taken)))());
    });
    outbox = openOutbox(keep, dutyApi, told);
  });
  afterEach(() => {
    outbox.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('hands each entry in once, with the right of the account that entered it', async () => {
    await keep.put(entry('a', 1));
    await keep.put({ ...entry('b', 2), account: 'wei', right: 'b'.repeat(64) });
    outbox.send();
    outbox.send();
    await settle();
    expect(asked).toEqual([
      { path: '/api/v1/regions/liechtenstein/entries/a', right: 'a'.repeat(64) },
      { path: '/api/v1/regions/liechtenstein/entries/b', right: 'b'.repeat(64) },
    ]);
    expect(await states()).toEqual(['sent', 'sent']);
    outbox.sendNow();
    await settle();
    expect(asked).toHaveLength(2);
  });

  it('keeps everything without a line, and sends it by itself when there is one', async () => {
    answers.push(() => Promise.reject(new TypeError('no line')));
    await keep.put(entry('a', 1));
    await keep.put(entry('b', 2));
    outbox.send();
    await settle();
    expect(await states()).toEqual(['waiting', 'waiting']);
    expect(told.reached).toHaveBeenLastCalledWith(false);
    await vi.advanceTimersByTimeAsync(4000);
    expect(await states()).toEqual(['sent', 'sent']);
    // The first was on its way when the line broke: it goes once more, and counts once.
    expect(asked.map(({ path }) => path.slice(-1))).toEqual(['a', 'a', 'b']);
  });

  it('tells why an entry was refused, and goes on', async () => {
    answers.push(() => problem(422, 'the stretch is unknown'));
    await keep.put(entry('a', 1));
    await keep.put(entry('b', 2));
    outbox.send();
    await settle();
    expect(await states()).toEqual(['refused', 'sent']);
  });

  it('waits for a new sign-in where the right is over', async () => {
    answers.push(() => problem(401, 'the right is over'));
    await keep.put(entry('a', 1));
    outbox.send();
    await settle();
    expect(await states()).toEqual(['locked']);
  });

  it('waits as long as the service says', async () => {
    answers.push(() => problem(429, 'too many', { 'retry-after': '30' }));
    await keep.put(entry('a', 1));
    outbox.send();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await states()).toEqual(['sent']);
  });

  it('takes a gateway’s page for no answer', async () => {
    answers.push(() => new Response('<h1>sign in to the wifi</h1>', { status: 200 }));
    await keep.put(entry('a', 1));
    outbox.send();
    await settle();
    expect(await states()).toEqual(['waiting']);
  });
});
