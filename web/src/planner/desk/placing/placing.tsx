// Opens the part of the register that proposes places; it lives on while one looks at other things.
import { computed } from '@preact/signals';
import type { ComponentType } from 'preact';
import { PROPOSED } from '../../../shared/classes.ts';
import type { Equipment, Gap, LonLat } from '../../../shared/contract.ts';
import { type PlacementApi, placementApi } from '../../../shared/placement.ts';
import type { Hands } from '../effects.ts';
import { drawWhile, partStore } from '../opened.ts';
import { PlacingContext } from '../panels/placing/context.ts';
import { Placing } from '../panels/placing/Placing.tsx';
import { linesOf } from './along.ts';
import { placingDeeds } from './effects.ts';
import { moversOf, placeOf } from './movers.ts';
import { next } from './next.ts';
import { NOTHING_PLACED, type Stretch } from './state.ts';

const NONE: readonly Equipment[] = [];
const NO_GAPS: readonly Gap[] = [];
/** As wide as a bank is close up, in the color of the crosses. */
const REFUSED = { color: PROPOSED.skipped, width: 6, dash: [1, 0.6], isBeside: true };

export interface OpenedPlacing {
  readonly Panel: ComponentType;
  /** A piece must stand here. */
  require(at: LonLat): void;
  /** None can stand here. */
  forbid(stretch: Stretch): void;
}

export function openPlacing(
  hands: Pick<Hands, 'desk' | 'planner' | 'region'>,
  api: PlacementApi = placementApi,
): OpenedPlacing {
  const store = partStore(NOTHING_PLACED, next);
  const deeds = placingDeeds(store, hands, api);
  deeds.watch();
  const { state } = store;

  const result = computed(() => state.value.shown?.result ?? null);
  const required = computed(() => state.value.wish.required);
  const forbidden = computed(() => state.value.wish.forbidden);
  const equipment = computed(() => hands.planner.state.value.equipment.value ?? NONE);
  const gaps = computed(() => hands.planner.state.value.gaps.value?.features ?? NO_GAPS);
  drawWhile('sites', hands.desk, hands.planner, () => [
    // Of a bank the page knows the lines of its gaps alone; a cross is there in any case.
    ...forbidden.value.flatMap((one) => linesOf(one, gaps.value).map((line) => ({ line, ...REFUSED }))),
    // Crosses: nothing can stand here, or what stands here goes; rings: something must stand here.
    ...forbidden.value.map(({ at }) => ({ at, is: 'skipped' as const })),
    ...(result.value === null ? [] : moversOf(result.value, equipment.value)).flatMap(({ piece }) =>
      piece === null ? [] : [{ at: placeOf(piece), is: 'skipped' as const }],
    ),
    ...required.value.map((at) => ({ at, is: 'changed' as const })),
    // The best lies on top.
    ...(result.value?.sites ?? []).map(({ at, rank }) => ({ at, rank, is: 'added' as const })).reverse(),
  ]);

  return {
    require: deeds.require,
    forbid: deeds.forbid,
    Panel: () => (
      <PlacingContext.Provider value={{ state, can: deeds }}>
        <Placing />
      </PlacingContext.Provider>
    ),
  };
}
