import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tried } from '../../src/volunteer/outbox/entry.ts';
import type { State } from '../../src/volunteer/state.ts';
import { entry, evening, following, HERE, NOW } from './night.ts';
import { bothLanguages, press, show, started } from './shown.tsx';

beforeAll(bothLanguages);
afterEach(cleanup);

describe('the volunteer’s page', () => {
  it('says what is on tonight, in both languages', () => {
    const { dispatch } = show(evening());
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('北队');
    expect(screen.getByText('19:00 出发')).toBeTruthy();
    expect(screen.getByRole('link', { name: '呼叫李伟' }).getAttribute('href')).toBe('tel:13800000013');
    dispatch({ is: 'languagePicked', language: 'en' });
    return Promise.resolve().then(() => {
      expect(screen.getByText('Starts 19:00')).toBeTruthy();
      expect(screen.getAllByText('Rhein, left bank')).toHaveLength(3);
    });
  });

  it('asks twice before somebody cannot come', () => {
    const { deeds, state } = show(evening());
    press('我来不了');
    expect(deeds.answer).not.toHaveBeenCalled();
    expect(state.value.dialog?.is).toBe('cannot');
  });

  it('shows the next stop large, how far it is, and whether it can be told', () => {
    const { dispatch } = show(started());
    expect(screen.getByText('下一段 · 第 1 段')).toBeTruthy();
    expect(screen.getByText(/没有定位。可手动签到/)).toBeTruthy();
    dispatch({ is: 'located', fix: { at: HERE, accuracy_m: 80, ms: NOW } });
    return Promise.resolve().then(() => {
      expect(screen.getByText('您就在这一段')).toBeTruthy();
      expect(screen.getByText(/定位误差约 80 米/)).toBeTruthy();
    });
  });

  it('tells of each piece what was seen, and whether that has arrived', () => {
    const seen = entry('b', 2, { equipment: 'p1', stretch: 's1', condition: 'damaged' });
    const arrived = tried(seen, { is: 'taken', answer: { id: 'b', received_at: '', report: null } }, NOW);
    const { dispatch } = show(following(started(), { is: 'entered', entry: seen, isKept: true }));
    expect(screen.getByRole('button', { name: '损坏' }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText(/已存手机 19:30/)).toBeTruthy();
    dispatch({ is: 'entryIs', entry: arrived });
    return Promise.resolve().then(() => expect(screen.getByText(/已上传 19:30/)).toBeTruthy());
  });

  it('lists what waits with whose it is, and asks before it deletes', () => {
    const other = { ...entry('b', 2, { kind: 'report', note: '杂草' }), account: 'wei' };
    const { state } = show(
      following(evening(), { is: 'entered', entry: other, isKept: true }, { is: 'outboxOpened', open: true }),
    );
    expect(screen.getByText('在线 · 待上传 1')).toBeTruthy();
    expect(screen.getByText('上报 · 杂草')).toBeTruthy();
    expect(screen.getByText(/wei的/)).toBeTruthy();
    press(/^删除/);
    expect(state.value.dialog).toEqual({ is: 'drop', uuid: 'b' });
    expect(state.value.entries).toHaveLength(1);
  });

  it('lets nobody submit what is nowhere', () => {
    const at = (state: State) => following(state, { is: 'tabPicked', tab: 'report' });
    const { dispatch } = show(following(at(evening()), { is: 'drafted', draft: { kind: 'missing' } }));
    expect(screen.getByRole('button', { name: '提交' })).toHaveProperty('disabled', true);
    dispatch({ is: 'located', fix: { at: HERE, accuracy_m: 8, ms: NOW } });
    return Promise.resolve().then(() =>
      expect(screen.getByRole('button', { name: '提交' })).toHaveProperty('disabled', false),
    );
  });

  it('calls for help only when the button is held', () => {
    vi.useFakeTimers();
    const { deeds } = show(started());
    const button = screen.getByRole('button', { name: /^有人落水/ });
    fireEvent.pointerDown(button, { button: 0 });
    vi.advanceTimersByTime(400);
    fireEvent.pointerUp(button);
    vi.advanceTimersByTime(2000);
    expect(deeds.inWater).not.toHaveBeenCalled();
    fireEvent.pointerDown(button, { button: 0 });
    vi.advanceTimersByTime(1000);
    expect(deeds.inWater).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});
