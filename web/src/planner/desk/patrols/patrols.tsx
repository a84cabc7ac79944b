// Opens the part of the register that plans evening patrols; it lives on while one looks at other things.
import type { ComponentType } from 'preact';
import { type PatrolsApi, patrolsApi } from '../../../shared/patrols.ts';
import type { Hands } from '../effects.ts';
import { drawWhile, partStore } from '../opened.ts';
import { PatrolsContext } from '../panels/patrols/context.ts';
import { Patrols } from '../panels/patrols/Patrols.tsx';
import { patrolDeeds } from './effects.ts';
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
  const store = partStore(nothingPlanned(today()), next);
  const deeds = patrolDeeds(store, hands, api);
  deeds.watch();
  const { state } = store;
  drawWhile('patrols', hands.desk, hands.planner, () => drawnOf(state.value));

  return {
    Panel: () => (
      <PatrolsContext.Provider value={{ state, can: deeds }}>
        <Patrols />
      </PatrolsContext.Provider>
    ),
  };
}
