// What the page asks of the service of its own accord, with a service that answers as the test says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused, Unreachable } from '../../src/shared/api.ts';
import type { DutyApi, Pack } from '../../src/shared/duty.ts';
import { begin } from '../../src/volunteer/effects.ts';
import { forgetfulKeep, type Keep } from '../../src/volunteer/outbox/keeping.ts';
import { opened } from '../../src/volunteer/state.ts';
import { storeOf } from '../../src/volunteer/store.ts';
import { NOW, pack, teamSeen, wanted } from './night.ts';

const refused = (status: number, kind: string) =>
  new Refused({
    type: `https://zhugan/problems/${kind}`,
    title: kind,
    status,
    detail: `no: ${kind}`,
  } as never);

function service(over: Partial<DutyApi> = {}) {
  const account = { id: 1, name: 'fang', roles: [{ role: 'volunteer', region: 'liechtenstein' }] } as never;
  return {
    session: vi.fn(async () => account),
    signIn: vi.fn(async () => account),
    signOut: vi.fn(async () => {}),
    pack: vi.fn(async (): Promise<Pack> => pack()),
    answer: vi.fn(async () => {}),
    consent: vi.fn(async () => {}),
    handIn: vi.fn(async () => ({ id: 'x', received_at: '2026-11-27T18:31:00Z', report: null }) as never),
    seen: vi.fn(async () => ({ day: '2026-11-27', patrol: 7, teams: [teamSeen()] })),
    takeOver: vi.fn(async () => {}),
    calendar: vi.fn(async () => ({ url: '/api/v1/calendar.ics?key=abc' })),
    ...over,
  } as unknown as DutyApi & Record<keyof DutyApi, ReturnType<typeof vi.fn>>;
}

async function page(api: DutyApi, keep: Keep = forgetfulKeep()) {
  const store = storeOf(opened({ language: 'zh', theme: 'auto' }, NOW, true));
  const effects = begin(store, api, keep, (fault) => (fault.what === 'refused' ? `told: ${fault.kind}` : ''));
  await effects.recall();
  await effects.refresh();
  await vi.advanceTimersByTimeAsync(0);
  return { effects, state: () => store.state.peek(), dispatch: store.dispatch };
}

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

describe('what was seen', () => {
  it('is asked for when the pack has come, for its evening', async () => {
    const api = service();
    const { state } = await page(api);
    expect(api.seen).toHaveBeenCalledExactlyOnceWith('liechtenstein', '2026-11-27');
    expect(state().seen).toMatchObject({ patrol: 7, at_ms: NOW, team: { seen_m: 150 } });
  });

  it('is asked for when the map is opened and when something has arrived, and not more than every 30 s', async () => {
    const api = service();
    const { dispatch, effects } = await page(api);
    dispatch({ is: 'tabPicked', tab: 'map' });
    await effects.enter({ kind: 'track', fixes: [] });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(api.handIn).toHaveBeenCalledOnce();
    expect(api.seen).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.seen).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(api.seen).toHaveBeenCalledTimes(2);
    await effects.enter({ kind: 'check_in', stretch: 's1' });
    await vi.advanceTimersByTimeAsync(0);
    expect(api.seen).toHaveBeenCalledTimes(3);
    await effects.enter({ kind: 'report', note: 'x' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api.seen).toHaveBeenCalledTimes(3);
  });

  it('stays with its time where there is no line', async () => {
    const api = service();
    const { state, dispatch } = await page(api);
    api.seen.mockRejectedValue(new Unreachable('gone'));
    await vi.advanceTimersByTimeAsync(60_000);
    dispatch({ is: 'tabPicked', tab: 'map' });
    await vi.advanceTimersByTimeAsync(0);
    expect(api.seen).toHaveBeenCalledTimes(2);
    expect([state().seen?.at_ms, state().is_online]).toEqual([NOW, false]);
  });

  it('is kept on the phone, and gone when somebody signs out', async () => {
    const keep = forgetfulKeep();
    const first = await page(service(), keep);
    await first.effects.recall();
    expect(await keep.get('seen')).toMatchObject({ patrol: 7 });
    const offline = service({
      session: vi.fn(() => Promise.reject(new Unreachable('gone'))),
    });
    const { state, effects } = await page(offline, keep);
    expect(state().seen?.team.seen_m).toBe(150);
    await effects.signOut();
    await vi.advanceTimersByTimeAsync(0);
    expect(await keep.get('seen')).toBeNull();
  });

  it('is one’s own team’s alone, and nothing where no patrol is published', async () => {
    const others = service({
      seen: vi.fn(async () => ({ day: '2026-11-27', patrol: 7, teams: [teamSeen({ team: 1 })] })),
    });
    expect((await page(others)).state().seen).toBeNull();
    const none = service({ pack: vi.fn(async () => pack({ patrol: null })) });
    await page(none);
    expect(none.seen).not.toHaveBeenCalled();
  });
});

describe('taking an evening over', () => {
  it('is told to the service, and the pack is fetched anew', async () => {
    const api = service({ pack: vi.fn(async () => pack({ wanted: [wanted()] })) });
    const { effects, state, dispatch } = await page(api);
    dispatch({ is: 'dialogOpened', dialog: { is: 'takeOver', wanted: wanted() } });
    expect(await effects.takeOver(wanted())).toBe(true);
    expect(api.takeOver).toHaveBeenCalledExactlyOnceWith('liechtenstein', '2026-11-29', 44);
    expect(api.pack).toHaveBeenCalledTimes(2);
    expect([state().dialog, state().doing]).toEqual([null, null]);
  });

  it('says why it was refused, and looks what is left to take', async () => {
    const api = service({ takeOver: vi.fn(() => Promise.reject(refused(409, 'not-handed-over'))) });
    const { effects, state, dispatch } = await page(api);
    dispatch({ is: 'dialogOpened', dialog: { is: 'takeOver', wanted: wanted() } });
    expect(await effects.takeOver(wanted())).toBe(false);
    expect(state().fault).toMatchObject({
      deed: 'takeOver',
      fault: { what: 'refused', kind: 'not-handed-over' },
    });
    expect(state().dialog?.is).toBe('takeOver');
    expect(api.pack).toHaveBeenCalledTimes(2);
  });

  it('changes nothing without a line', async () => {
    const api = service({ takeOver: vi.fn(() => Promise.reject(new Unreachable('gone'))) });
    const { effects, state } = await page(api);
    expect(await effects.takeOver(wanted())).toBe(false);
    expect(state().fault?.fault.what).toBe('unreachable');
    expect(api.pack).toHaveBeenCalledTimes(1);
  });
});

describe('an answer', () => {
  it('that hands the evening over is told when there is a line again', async () => {
    const api = service({ answer: vi.fn(() => Promise.reject(new Unreachable('gone'))) });
    const { effects, state } = await page(api);
    await effects.answer('hands_over');
    expect(state().owed?.answer).toBe('hands_over');
    api.answer.mockResolvedValue(undefined);
    await effects.refresh();
    expect(api.answer).toHaveBeenLastCalledWith('liechtenstein', '2026-11-27', 'hands_over');
    expect(state().owed).toBeNull();
  });

  it('that comes too late says so in words, and shows how it is', async () => {
    const api = service({ answer: vi.fn(() => Promise.reject(refused(409, 'not-on'))) });
    const { effects, state } = await page(api);
    api.pack.mockResolvedValue(pack({ duty: null, patrol: null }));
    await effects.answer('comes');
    expect(state().said.text).toBe('told: not-on');
    expect([state().owed, state().pack?.value.duty]).toEqual([null, null]);
  });
});

describe('the calendar', () => {
  it('has an address that other programs can ask', async () => {
    const api = service();
    const { effects, state } = await page(api);
    await effects.makeCalendar();
    expect(state().calendar).toBe(`${location.origin}/api/v1/calendar.ics?key=abc`);
  });
});
