import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { linksOf } from '../../src/volunteer/pack.ts';
import { chime } from '../../src/volunteer/phone/chime.ts';
import type { Dialog, Phone } from '../../src/volunteer/state.ts';
import { evening, following, pack, stop } from './night.ts';
import { bothLanguages, press, show } from './shown.tsx';

beforeAll(bothLanguages);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.stubGlobal('scrollTo', () => {});
});

const opened = (dialog: Dialog, state = evening()) => following(state, { is: 'dialogOpened', dialog });
const sheet = () => within(screen.getByRole('dialog'));

describe('what to take along', () => {
  it('is a file and a sheet of the way, and a calendar for whoever is on the roster', () => {
    expect(linksOf(pack())).toEqual([
      { word: 'gpx', href: '/api/v1/regions/liechtenstein/duty/gpx?day=2026-11-27' },
      { word: 'print', href: null },
      { word: 'calendar', href: null },
    ]);
    expect(linksOf(pack({ patrol: null })).map(({ word }) => word)).toEqual(['calendar']);
    expect(linksOf(pack({ patrol: null, volunteer: null }))).toEqual([]);
  });

  it('offers the file only where there is a line', async () => {
    const { dispatch, state } = show(evening());
    expect((await screen.findByRole('link', { name: '下载 GPX' })).getAttribute('href')).toMatch(/gpx\?day=/);
    act(() => dispatch({ is: 'lineIs', up: false }));
    expect(screen.getByRole('button', { name: '下载 GPX' })).toHaveProperty('disabled', true);
    screen.getByText('下载 GPX 文件需要联网。');
    press('打印');
    expect(state.value.dialog).toEqual({ is: 'print' });
  });

  it('makes the calendar’s address only when asked, says what it opens, and shows all of it', async () => {
    const { dispatch, deeds } = show(opened({ is: 'calendar' }));
    await screen.findByText(/知道地址的人也能看到/);
    sheet().getByText('将生成新地址，以前的地址随即失效。');
    expect(deeds.makeCalendar).not.toHaveBeenCalled();
    fireEvent.click(sheet().getByRole('button', { name: '生成地址' }));
    expect(deeds.makeCalendar).toHaveBeenCalledOnce();
    const url = 'https://zhugan.example/api/v1/calendar.ics?key=abc';
    act(() => dispatch({ is: 'calendarCame', url }));
    sheet().getByText('以前的地址已失效。');
    expect(sheet().getByLabelText('地址')).toHaveProperty('value', url);
    expect(sheet().getByRole('link', { name: '在日历中打开' }).getAttribute('href')).toBe(
      'webcal://zhugan.example/api/v1/calendar.ics?key=abc',
    );
    fireEvent.click(sheet().getByRole('button', { name: '复制' }));
    expect(deeds.copy).toHaveBeenCalledWith(url);
  });

  it('forgets the calendar’s address with the account', () => {
    const made = following(evening(), { is: 'calendarCame', url: 'https://x/' });
    expect(following(made, { is: 'signedOut' }).calendar).toBeNull();
  });

  it('needs a line for the calendar, and says what went wrong', async () => {
    show(following(opened({ is: 'calendar' }), { is: 'lineIs', up: false }));
    await screen.findByText('需要联网。');
    expect(sheet().getByRole('button', { name: '生成地址' })).toHaveProperty('disabled', true);
    cleanup();
    show(
      following(opened({ is: 'calendar' }), {
        is: 'failed',
        deed: 'calendar',
        fault: { what: 'refused', kind: 'busy', why: 'later' },
      }),
    );
    await screen.findByText(/later/);
  });
});

describe('the sheet on paper', () => {
  it('holds all that a team needs without a phone, and needs no line', async () => {
    const { patrol } = pack();
    if (patrol === null) throw new Error('no patrol');
    const stops = [stop(1, 0, { inspect: ['p1'], hot_spots: [[0, 10]] as never }), stop(2, 400)];
    const state = evening({ patrol: { ...patrol, way: { ...patrol.way, stops } } });
    const { deeds } = show(following(opened({ is: 'print' }, state), { is: 'lineIs', up: false }));
    await screen.findByText('本队任务单');
    const paper = document.querySelector('.paper')?.textContent ?? '';
    for (const said of [
      '北队',
      '2026年11月27日 · 19:00 出发',
      '报警 117',
      '急救 144',
      '李伟 13800000013',
      '1. Rhein左岸',
      'Vaduz · 100 米 · 19:10',
      '救生杆 FQ-017',
      '重点',
      '不要独自游泳。',
    ])
      expect(paper).toContain(said);
    expect(document.querySelectorAll('.paper li > .paper-box')).toHaveLength(2);
    expect(document.querySelectorAll('.paper-check')).toHaveLength(3);
    fireEvent.click(sheet().getByRole('button', { name: '打印' }));
    expect(deeds.print).toHaveBeenCalledOnce();
  });
});

describe('the battery', () => {
  const ready = (battery: Phone['battery']) => {
    show(following(evening(), { is: 'phoneIs', phone: { battery } }));
    press(/^出发前准备/);
    return screen.queryByText(/^电量/)?.closest('li')?.className ?? null;
  };

  it('is told of when it is low and nothing charges it', () => {
    expect(ready({ percent: 29, is_charging: false })).toBe('is-no');
    screen.getByText('出发前请充电，或带上充电宝。');
    cleanup();
    expect(ready({ percent: 29, is_charging: true })).toBe('is-yes');
    cleanup();
    expect(ready({ percent: 30, is_charging: false })).toBe('is-yes');
  });

  it('is not spoken of where the browser does not tell', () => {
    expect(ready(null)).toBeNull();
  });
});

describe('the chime', () => {
  it('is played from the reminder, with what is read out after it', async () => {
    const { deeds } = show(opened({ is: 'reminder' }));
    fireEvent.click(await screen.findByRole('button', { name: '播放提示音' }));
    expect(deeds.chime).toHaveBeenCalledWith('不要独自游泳。');
  });

  it('is four tones, each higher than the one before, and over when the last has faded', async () => {
    vi.useFakeTimers();
    const tones: { hertz: number; begins: number }[] = [];
    const close = vi.fn(() => Promise.resolve());
    vi.stubGlobal(
      'AudioContext',
      class {
        currentTime = 0;
        destination = {};
        resume = () => Promise.resolve();
        close = close;
        createGain = () => ({
          gain: {
            setValueAtTime() {},
            linearRampToValueAtTime() {},
            exponentialRampToValueAtTime() {},
          },
          connect: (to: unknown) => to,
        });
        createOscillator() {
          const frequency = { value: 0 };
          return {
            frequency,
            connect: (to: unknown) => to,
            start: (begins: number) => tones.push({ hertz: frequency.value, begins }),
            stop() {},
          };
        }
      },
    );
    const over = vi.fn();
    const playing = chime().then(over);
    expect(tones.map(({ hertz }) => Math.round(hertz))).toEqual([523, 659, 784, 1047]);
    expect(tones.map(({ begins }) => begins)).toEqual([...tones.map(({ begins }) => begins)].sort());
    await vi.advanceTimersByTimeAsync(1000);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    await playing;
    expect(over).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('holds up nothing where nothing can sound', async () => {
    vi.stubGlobal('AudioContext', undefined);
    await expect(chime()).resolves.toBeUndefined();
  });
});
