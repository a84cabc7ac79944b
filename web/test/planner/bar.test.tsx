import { signal } from '@preact/signals';
import { act, cleanup, render } from '@testing-library/preact';
import type { ComponentType } from 'preact';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nextLook_ms, openBar } from '../../src/planner/bar/effects.ts';
import { Notices } from '../../src/planner/panels/Notices.tsx';
import { PlannerContext } from '../../src/planner/panels/planner.ts';
import { storeOf } from '../../src/planner/store.ts';
import type { Notice } from '../../src/shared/contract.ts';
import type { NoticesApi } from '../../src/shared/notices.ts';
import { type Language, loadWords } from '../../src/shared/words.ts';
import { coverageCame, notice, pageAfter, regionsCame } from '../world.ts';

beforeAll(async () => {
  await loadWords('en', 'later');
  await loadWords('zh', 'later');
});
afterEach(cleanup);

const answering = (...answers: Notice[][]): NoticesApi => ({
  inForce: vi.fn(async (region: string) => ({ region, notices: answers.shift() ?? [], changes_at: null })),
  latest: vi.fn(),
  write: vi.fn(),
  edit: vi.fn(),
  withdraw: vi.fn(),
});

async function shown(language: Language, api: NoticesApi) {
  const store = storeOf(pageAfter(regionsCame, coverageCame, { is: 'languagePicked', language }));
  const bar = signal<ComponentType | null>(null);
  const stop = openBar(store, bar, api);
  const page = render(
    <PlannerContext.Provider value={{ store, deeds: {} as never, desk: signal(null), bar }}>
      <Notices />
    </PlannerContext.Provider>,
  );
  await vi.waitFor(() => expect(api.inForce).toHaveBeenCalled());
  return { ...page, store, stop };
}

describe('the bar of notices', () => {
  it('tells what is in force in the reader’s language, and where', async () => {
    const { getByRole, stop } = await shown('en', answering([notice()]));
    const bar = await vi.waitFor(() => getByRole('status', { name: 'Notices' }));
    expect(bar.textContent).toContain('Thin ice Keep off the ice until Jan 3 04:00');
    expect(bar.textContent).toContain('severe · the whole region');
    stop();
  });

  it('tells a notice that is in the other language alone, and says which', async () => {
    const { container, stop } = await shown('en', answering([notice({ en: null })]));
    await vi.waitFor(() =>
      expect(container.querySelector('summary [lang="zh-CN"]')?.textContent).toBe('别上冰'),
    );
    stop();
  });

  it('says nothing where nothing is in force', async () => {
    const { queryByRole, stop } = await shown('zh', answering([]));
    expect(queryByRole('status', { name: '通知' })).toBeNull();
    stop();
  });

  it('shows a script as text', async () => {
    const title = '<script>alert(1)</script>';
    const { container, stop } = await shown('zh', answering([notice({ zh: { title, text: title } })]));
    await vi.waitFor(() => expect(container.textContent).toContain(title));
    expect(container.querySelector('script')).toBeNull();
    stop();
  });

  it('asks again when a notice is told, and follows', async () => {
    const api = answering([notice()], []);
    const { store, container, stop } = await shown('en', api);
    await vi.waitFor(() => expect(container.textContent).toContain('Keep off'));
    await act(async () => store.dispatch({ is: 'reported' }));
    await vi.waitFor(() => expect(container.textContent).not.toContain('Keep off'));
    expect(api.inForce).toHaveBeenCalledTimes(2);
    stop();
  });

  it('looks again when one begins or ends, and after a while', () => {
    const now = Date.parse('2026-01-02T03:00:00Z');
    expect(nextLook_ms('2026-01-02T03:01:00Z', now)).toBe(61_000);
    expect(nextLook_ms('2026-01-02T02:00:00Z', now)).toBe(1_000);
    expect(nextLook_ms('2026-01-09T02:00:00Z', now)).toBe(300_000);
    expect(nextLook_ms(null, now)).toBe(300_000);
  });
});
