// Which of the pieces that are moved goes to which of the proposed places: the nearest pairs first, so that little is carried far.
import type { Equipment, Kind, LonLat } from '../../../shared/contract.ts';
import type { Placement, Site } from '../../../shared/placement.ts';
import { apart } from '../../../shared/places.ts';

/** A piece that is missed least where it stands, and the place it goes to. */
export interface Mover {
  readonly id: string;
  readonly site: Site;
  /** `null` where the page does not know the piece. */
  readonly piece: Equipment | null;
  /** As the crow flies; `null` where the page does not know from where. */
  readonly by_m: number | null;
}

/** Farther than any two places are apart. */
const OTHER_KIND_M = 1e9;

export function moversOf({ moved, sites }: Placement, equipment: readonly Equipment[]): readonly Mover[] {
  if (moved.length === 0) return [];
  const pieces = new Map(equipment.map((piece) => [piece.properties.id, piece]));
  const pairs = moved.flatMap((id) => {
    const piece = pieces.get(id) ?? null;
    const from = piece === null ? null : placeOf(piece);
    return sites.map((site) => ({ id, site, piece, by_m: from && apart(from, site.at) }));
  });
  const kinds = new Set(sites.map(({ kind }) => kind));
  const far = ({ by_m, piece, site }: Mover) => {
    // Where several kinds are put up, a ring goes to where a ring is proposed, if there is such a place.
    const isOther = kinds.size > 1 && piece !== null && piece.properties.kind !== site.kind;
    return (by_m ?? Number.POSITIVE_INFINITY) + (isOther ? OTHER_KIND_M : 0);
  };
  const movers = new Map<string, Mover>();
  const taken = new Set<Site>();
  for (const pair of pairs.sort((a, b) => (far(a) < far(b) ? -1 : far(a) > far(b) ? 1 : 0))) {
    if (movers.has(pair.id) || taken.has(pair.site)) continue;
    movers.set(pair.id, pair);
    taken.add(pair.site);
  }
  // As the answer names them: those first that are missed least.
  return moved.flatMap((id) => movers.get(id) ?? []);
}

export const moverTo = (site: Site, movers: readonly Mover[]): Mover | null =>
  movers.find((mover) => mover.site === site) ?? null;

/** What stands at a site once it is accepted. */
export const kindAt = (site: Site, mover: Mover | null): Kind => mover?.piece?.properties.kind ?? site.kind;

export function placeOf({ geometry }: Equipment): LonLat {
  const [lon = 0, lat = 0] = geometry.coordinates;
  return [lon, lat];
}
