// Opens the list of those who may be called; what is being said of one of them lives on while one looks at the map.
import { computed } from '@preact/signals';
import type { ComponentType } from 'preact';
import { type RespondersApi, respondersApi } from '../../../shared/responders.ts';
import { drawWhile, partStore } from '../opened.ts';
import { RespondersContext } from '../panels/responders/context.ts';
import { Responders } from '../panels/responders/Responders.tsx';
import { type RespondersHands, respondersDeeds } from './effects.ts';
import { next } from './next.ts';
import { found, NOTHING_KNOWN } from './state.ts';

export interface OpenedResponders {
  readonly Panel: ComponentType;
}

export function openResponders(hands: RespondersHands, api: RespondersApi = respondersApi): OpenedResponders {
  const store = partStore(NOTHING_KNOWN, next);
  const { state } = store;
  const deeds = respondersDeeds(store, hands, api);
  deeds.watch();
  const draft = computed(() => state.value.draft);
  const all = computed(() => state.value.all);
  const looked = computed(() => state.value.looked);
  drawWhile('responders', hands.desk, hands.planner, () => {
    // Whoever is being described is alone on the map.
    const home = draft.value?.said.home ?? null;
    if (draft.value !== null) return home === null ? [] : [{ at: home, is: 'added' as const }];
    return found({ all: all.value, looked: looked.value })
      .map(({ home, on_duty }) => ({ at: home, is: on_duty ? ('added' as const) : ('changed' as const) }))
      .reverse();
  });
  return {
    Panel: () => (
      <RespondersContext.Provider value={{ state, can: deeds }}>
        <Responders />
      </RespondersContext.Provider>
    ),
  };
}
