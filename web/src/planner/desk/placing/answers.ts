// What follows from an answer of the search: where the curve flattens, how much better is possible, which site is which what-if.

import type { Job, Placement, Site } from '../../../shared/placement.ts';
import { apart, rounded } from '../../../shared/places.ts';
import type { WhatIf, WhatIfs } from '../../scenario.ts';
import type { Accepted, PlacingState } from './state.ts';

/** Nearer than this is the same place. */
export const SAME_M = 0.5;

/** So many pieces, after which each further one adds less than half of what the best of them adds; `null` where none adds anything. */
export function flattensAfter(curve: Placement['curve']): number | null {
  const gains = curve.slice(1).map(({ covered_m }, i) => covered_m - (curve[i]?.covered_m ?? covered_m));
  const best = Math.max(0, ...gains);
  if (best <= 0) return null;
  const last = gains.findLastIndex((gain) => gain >= best / 2);
  return curve[last + 1]?.sites ?? null;
}

/** By how much of the value a better answer may be better, as a share; `null` before there is a first. */
export function possibleShare({ value, bound }: Pick<Job, 'value' | 'bound'>): number | null {
  if (value === null || bound === null || value <= 0) return null;
  return Math.max(0, bound - value) / value;
}

/** The site's what-if, wherever it has been moved to since. */
export function whatIfOf(site: Site, accepted: readonly Accepted[], whatIfs: WhatIfs): WhatIf | null {
  const tracked = accepted.find((one) => apart(one.site.at, site.at) < SAME_M);
  return whatIfs.find(({ letter }) => letter === tracked?.letter) ?? null;
}

export interface Moved {
  readonly letter: string;
  readonly by_m: number;
}

/** The accepted pieces that do not stand where they were proposed. */
export function movedOnes(accepted: readonly Accepted[], whatIfs: WhatIfs): readonly Moved[] {
  return accepted.flatMap(({ letter, site }) => {
    const at = whatIfs.find((w) => w.letter === letter)?.at;
    const by_m = at === undefined ? 0 : apart(at, site.at);
    return by_m < SAME_M ? [] : [{ letter, by_m }];
  });
}

/** The what-ifs as they were proposed; those that were not proposed stay. */
export function asProposed(accepted: readonly Accepted[], whatIfs: WhatIfs): WhatIfs {
  return whatIfs.map((whatIf) => {
    const site = accepted.find(({ letter }) => letter === whatIf.letter)?.site;
    return site === undefined ? whatIf : { ...whatIf, at: rounded(site.at) };
  });
}

/** The sites that are no what-ifs yet. */
export function openSites({ shown, accepted }: PlacingState, whatIfs: WhatIfs): readonly Site[] {
  return (shown?.result.sites ?? []).filter((site) => whatIfOf(site, accepted, whatIfs) === null);
}
