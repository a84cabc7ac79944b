import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/shared/contract.ts';
import type { Pack } from '../../src/shared/duty.ts';
import { inForce } from '../../src/volunteer/pack.ts';
import { evening, NOW, pack } from './night.ts';
import { bothLanguages, show, started } from './shown.tsx';

beforeAll(bothLanguages);
afterEach(cleanup);

const MIN_MS = 60_000;
const at = (minutes: number) => new Date(NOW + minutes * MIN_MS).toISOString();

const notice = (id: number, over: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'water_release',
  severity: 'severe',
  state: 'in_force',
  region: 'liechtenstein',
  from: at(-60),
  until: at(60),
  zh: { title: '水闸今晚放水', text: '水位会在几分钟内上涨。\n请离开河滩。' },
  en: { title: 'Water is let out tonight', text: 'The water rises within minutes.' },
  villages: [],
  water_bodies: [],
  cap: '',
  etag: '',
  changed_at: at(-60),
  written_at: at(-60),
  ...over,
});

const ids = (of: Pack, now_ms = NOW) => inForce(of, now_ms).map(({ id }) => id);
const shown = () => [...document.querySelectorAll<HTMLDetailsElement>('details.warned')];

describe('what people at the water are warned of', () => {
  it('is what is in force by the phone’s own clock', () => {
    const notices = [notice(1), notice(2, { from: at(5) }), notice(3, { until: at(0) })];
    expect(ids(pack({ notices }))).toEqual([1]);
    expect(ids(pack({ notices }), NOW + 5 * MIN_MS)).toEqual([1, 2]);
    expect(ids(pack({ notices }), NOW + 60 * MIN_MS)).toEqual([]);
  });

  it('is told worst first, and the latest first of those that are alike', () => {
    const notices = [
      notice(4, { severity: 'minor' }),
      notice(3),
      notice(2),
      notice(1, { severity: 'extreme' }),
    ];
    expect(ids(pack({ notices }))).toEqual([1, 3, 2, 4]);
  });

  it('is nothing in a pack that an older page has kept', () => {
    const { notices, ...older } = pack();
    expect(notices).toEqual([]);
    expect(ids(older as Pack)).toEqual([]);
  });

  it('is at the top, whole, before the patrol', () => {
    show(evening({ notices: [notice(1)] }));
    const [first] = shown();
    expect(document.querySelector('main')?.firstElementChild).toBe(first);
    expect(first?.open).toBe(true);
    expect(first?.querySelector('summary')?.textContent).toBe('严重 水闸今晚放水');
    expect(first?.textContent).toContain('请离开河滩。');
    expect(first?.textContent).toContain('至 11月27日 20:30');
  });

  it('is in the page’s language, or in the one that there is', () => {
    const { dispatch } = show(evening({ notices: [notice(1), notice(2, { en: null })] }));
    dispatch({ is: 'languagePicked', language: 'en' });
    return Promise.resolve().then(() => {
      expect(screen.getByText('Water is let out tonight').lang).toBe('en');
      expect(screen.getByText('水闸今晚放水').lang).toBe('zh-CN');
      expect(screen.getAllByText('Until Nov 27 20:30')).toHaveLength(2);
    });
  });

  it('is its title alone while a patrol is under way', () => {
    show(started(evening({ notices: [notice(1)] })));
    expect(shown().map(({ open }) => open)).toEqual([false]);
    expect(screen.getByText('水闸今晚放水')).toBeTruthy();
  });

  it('goes when its time is over, without a line too', () => {
    const { dispatch } = show(evening({ notices: [notice(1)] }));
    dispatch({ is: 'lineIs', up: false });
    dispatch({ is: 'ticked', now_ms: NOW + 59 * MIN_MS, is_evening: true });
    return Promise.resolve()
      .then(() => expect(shown()).toHaveLength(1))
      .then(() => dispatch({ is: 'ticked', now_ms: NOW + 60 * MIN_MS, is_evening: true }))
      .then(() => expect(shown()).toEqual([]));
  });
});
