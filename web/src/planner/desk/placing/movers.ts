// Which of the pieces that are moved goes to which of the proposed places: the nearest pairs first, so that little is carried far.
import type { Equipment, LonLat } from '../../../shared/contract.ts';
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

export function moversOf({ moved, sites }: Placement, equipment: readonly Equipment[]): readonly Mover[] {
  if (moved.length === 0) return [];
  const pieces = new Map(equipment.map((piece) => [piece.properties.id, piece]));
  const pairs = moved.flatMap((id) => {
    const piece = pieces.get(id) ?? null;
    const from = piece === null ? null : placeOf(piece);
    return sites.map((site) => ({ id, site, piece, by_m: from && apart(from, site.at) }));
  });
  const far = ({ by_m }: Mover) => by_m ?? Number.POSITIVE_INFINITY;
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

export function placeOf({ geometry }: Equipment): LonLat {
  const [lon = 0, lat = 0] = geometry.coordinates;
  return [lon, lat];
}
