// Sites become what-ifs, many at once in one step that can be undone.
import type { Site } from '../../../shared/placement.ts';
import { rounded } from '../../../shared/places.ts';
import { inOrder } from '../../../shared/url.ts';
import { LETTERS, type Scenario, stepped, type WhatIfs } from '../../scenario.ts';
import { kindAt, type Mover, moverTo } from './movers.ts';
import type { Accepted } from './state.ts';

/** As many as there are letters left for; each of the kind that is proposed there; a piece that is moved to a site is taken there. */
export function accept(
  s: Scenario,
  sites: readonly Site[],
  movers: readonly Mover[] = [],
): { readonly scenario: Scenario; readonly accepted: readonly Accepted[] } {
  const free = LETTERS.filter((letter) => s.whatIfs.every((w) => w.letter !== letter));
  const accepted = sites.flatMap((site, i) => {
    const letter = free[i];
    return letter === undefined ? [] : [{ letter, site }];
  });
  const [first, last] = [accepted[0]?.letter, accepted.at(-1)?.letter];
  if (first === undefined || last === undefined) return { scenario: s, accepted };
  const added = accepted.map(({ letter, site }) => {
    const at = rounded(site.at);
    const mover = moverTo(site, movers);
    return { letter, kind: kindAt(site, mover), at, ...(mover && { moves: mover.id }) };
  });
  const whatIfs = [...s.whatIfs, ...added].sort(inOrder);
  const name = first === last ? first : `${first}–${last}`;
  return { scenario: stepped(s, 'put', name, whatIfs, s.whatIfs), accepted };
}

/** Another scenario takes the place of the one on the page. */
export function takenUp(s: Scenario, whatIfs: WhatIfs): Scenario {
  const [first, last] = [whatIfs[0]?.letter ?? '', whatIfs.at(-1)?.letter ?? ''];
  return stepped(s, 'put', first === last ? first : `${first}–${last}`, whatIfs, s.whatIfs);
}
