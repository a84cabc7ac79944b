// Opens the part of the register that plans evening patrols; it lives on while one looks at other things.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { ComponentType } from 'preact';
import { type PatrolsApi, patrolsApi } from '../../../shared/patrols.ts';
import type { Hands } from '../effects.ts';
import { PatrolsContext } from '../panels/patrols/context.ts';
import { Patrols } from '../panels/patrols/Patrols.tsx';
import { type PatrolStore, patrolDeeds } from './effects.ts';
import { drawnOf } from './look.ts';
import { next } from './next.ts';
import { nothingPlanned } from './state.ts';

export interface OpenedPatrols {
  readonly Panel: ComponentType;
}

/** Today by the clock of whoever looks, like `2026-11-27`. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function openPatrols(
  hands: Pick<Hands, 'desk' | 'planner' | 'region'>,
  api: PatrolsApi = patrolsApi,
): OpenedPatrols {
  const state = signal(nothingPlanned(today()));
  const store: PatrolStore = {
    state,
    dispatch(event) {
      state.value = next(state.peek(), event);
    },
  };
  const deeds = patrolDeeds(store, hands, api);
  deeds.watch();

  // On the map while they are looked at.
  const isShown = computed(
    () => hands.desk.state.value.view === 'patrols' && hands.desk.state.value.account !== null,
  );
  const drawn = computed(() => (isShown.value ? drawnOf(state.value) : []));
  let hasShown = false;
  effect(() => {
    const proposed = drawn.value;
    if (proposed.length === 0 && !hasShown) return;
    hasShown = proposed.length > 0;
    untracked(() => hands.planner.dispatch({ is: 'proposed', proposed }));
  });

  return {
    Panel: () => (
      <PatrolsContext.Provider value={{ state, can: deeds }}>
        <Patrols />
      </PatrolsContext.Provider>
    ),
  };
}
