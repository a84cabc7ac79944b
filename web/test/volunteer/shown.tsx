// The volunteer's page as its tests see it: the state, its panels, and deeds that are only noted.
import { signal } from '@preact/signals';
import { fireEvent, render, screen } from '@testing-library/preact';
import { vi } from 'vitest';
import { loadWords } from '../../src/shared/words.ts';
import '../../src/volunteer/words.ts';
import { next } from '../../src/volunteer/next.ts';
import { App } from '../../src/volunteer/panels/App.tsx';
import { type Deeds, type LaterParts, PageContext } from '../../src/volunteer/panels/context.ts';
import type { Event, State } from '../../src/volunteer/state.ts';
import { entry, evening, following } from './night.ts';

export const later = (): Promise<LaterParts> => import('../../src/volunteer/later.ts');

export function show(first: State, over: Partial<Deeds> = {}) {
  const state = signal(first);
  const dispatch = (event: Event) => {
    state.value = next(state.value, event);
  };
  const deeds = new Proxy({ scan: null, later, ...over } as Partial<Record<keyof Deeds, unknown>>, {
    get(made, name: keyof Deeds) {
      if (name !== 'scan') made[name] ??= vi.fn();
      return made[name];
    },
  }) as Deeds;
  render(
    <PageContext.Provider value={{ state, dispatch, deeds }}>
      <App />
    </PageContext.Provider>,
  );
  return { state, dispatch, deeds };
}

export const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

/** The patrol of the evening has begun. */
export const started = (first: State = evening()) =>
  following(first, {
    is: 'entered',
    entry: entry('a', 1, { kind: 'start' }, { state: { is: 'sent', received_at: '', report: null } }),
    isKept: true,
  });

export function bothLanguages(): Promise<unknown> {
  vi.stubGlobal('scrollTo', () => {});
  return Promise.all([loadWords('zh', 'volunteer', 'beside'), loadWords('en', 'volunteer', 'beside')]);
}
