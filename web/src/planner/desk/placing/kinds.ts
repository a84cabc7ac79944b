// Kinds with a reach and a number of their own, and what makes bank count more: what is asked of it, and what is wrong with it.
import { KINDS, type Kind } from '../../../shared/contract.ts';
import type { PlacementRequest } from '../../../shared/placement.ts';
import { MOST_SITES, type Wish } from './state.ts';

/** Meters. */
export const REACH = { least: 1, most: 1000 } as const;

export const NEAR = ['houses', 'schools', 'incidents'] as const;
export type Near = (typeof NEAR)[number];

/** As it was typed; `null` where that was taken away again. */
export type PerKind = Readonly<Partial<Record<Kind, number | null>>>;

type ByKind = readonly NonNullable<PlacementRequest['by_kind']>[number][];
type Kinds = readonly Kind[];

/** What is put up counts, too, whatever else the page counts. */
export const counted = ({ kind }: Wish, kinds: Kinds): Kinds =>
  KINDS.filter((one) => one === kind || kinds.includes(one));

/** The kinds of which something of their own is said; numbers are a question only where the pieces are counted. */
export const byKind = (wish: Wish, kinds: Kinds): ByKind =>
  counted(wish, kinds).flatMap((kind) => {
    const limit_m = wish.limits[kind] ?? null;
    const sites = wish.goal === 'sites' ? (wish.numbers[kind] ?? null) : null;
    const own = { ...(limit_m !== null && { limit_m }), ...(sites !== null && { sites }) };
    return limit_m === null && sites === null ? [] : [{ kind, ...own }];
  });

/** Of these kinds so many are put up, in place of one number of one kind. */
export const numbered = (by: ByKind): readonly { readonly kind: Kind; readonly sites: number }[] =>
  by.flatMap(({ kind, sites }) => (typeof sites === 'number' ? [{ kind, sites }] : []));

export const sum = (numbers: readonly { readonly sites: number }[]) =>
  numbers.reduce((all, { sites }) => all + sites, 0);

export type Wrong =
  | { readonly what: 'limit' | 'number'; readonly kind: Kind }
  | { readonly what: 'sum'; readonly n: number };

/** Why this is not asked as it stands; `null` where nothing is in the way. */
export function wrongIn(wish: Wish, kinds: Kinds): Wrong | null {
  const by = byKind(wish, kinds);
  for (const { kind, limit_m, sites } of by) {
    // Also what is no number at all is not within.
    if (!isWithin(limit_m ?? REACH.least, REACH.most)) return { what: 'limit', kind };
    if (!isWithin(sites ?? 1, MOST_SITES) || (sites ?? 1) % 1 !== 0) return { what: 'number', kind };
  }
  const n = sum(numbered(by));
  return n > MOST_SITES ? { what: 'sum', n } : null;
}

const isWithin = (n: number, most: number) => 1 <= n && n <= most;

/** What counts more than other bank, as the service is asked for it. */
export const weighing = ({ near }: Wish): Pick<PlacementRequest, `near_${Near}`> =>
  Object.fromEntries(
    NEAR.filter((what) => near[what] > 0).map((what) => [`near_${what}` as const, near[what]]),
  );
