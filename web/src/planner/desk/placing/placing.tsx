// Opens the part of the register that proposes places; it lives on while one looks at other things.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { ComponentType } from 'preact';
import { type PlacementApi, placementApi } from '../../../shared/placement.ts';
import type { Hands } from '../effects.ts';
import { PlacingContext } from '../panels/placing/context.ts';
import { Placing } from '../panels/placing/Placing.tsx';
import { type PlacingStore, placingDeeds } from './effects.ts';
import { next } from './next.ts';
import { NOTHING_PLACED } from './state.ts';

export interface OpenedPlacing {
  readonly Panel: ComponentType;
}

export function openPlacing(
  hands: Pick<Hands, 'desk' | 'planner' | 'region'>,
  api: PlacementApi = placementApi,
): OpenedPlacing {
  const state = signal(NOTHING_PLACED);
  const store: PlacingStore = {
    state,
    dispatch(event) {
      state.value = next(state.peek(), event);
    },
  };
  const deeds = placingDeeds(store, hands, api);
  deeds.watch();

  // On the map while they are looked at; an import shows its own there.
  const isShown = computed(
    () => hands.desk.state.value.view === 'sites' && hands.desk.state.value.account !== null,
  );
  const sites = computed(() => state.value.shown?.result.sites ?? null);
  let hasShown = false;
  effect(() => {
    const shown = isShown.value ? (sites.value ?? []) : [];
    if (shown.length === 0 && !hasShown) return;
    hasShown = shown.length > 0;
    // The best lies on top.
    const proposed = shown.map(({ at, rank }) => ({ at, rank, is: 'added' as const })).reverse();
    untracked(() => hands.planner.dispatch({ is: 'proposed', proposed }));
  });

  return {
    Panel: () => (
      <PlacingContext.Provider value={{ state, can: deeds }}>
        <Placing />
      </PlacingContext.Provider>
    ),
  };
}
