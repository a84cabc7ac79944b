// The nearest pieces on foot, known without a line: from the ground that the pack brings along. Pure.
import type { LonLat } from '../shared/contract.ts';
import type { Ground, Pack, Piece } from '../shared/duty.ts';
import { apart } from '../shared/places.ts';
import { type Plane, planeAround } from './position.ts';

export interface Near {
  readonly piece: Piece;
  readonly meters: number;
  /** No way is known: as the crow flies, which may lead through water. */
  readonly is_straight: boolean;
}

/** Open ground is slower than a path. */
const OPEN_GROUND = 1.25;
/** What is farther away than this is not where one stands. */
const REACH_M = 400;
const MOST = 3;

interface Segment {
  readonly a: Plane;
  readonly b: Plane;
}

/** The best pieces, over the nodes in sight; without those that are known to be gone. */
export function nearest(
  pack: Pick<Pack, 'equipment' | 'ground'>,
  from: LonLat,
  gone: ReadonlySet<string> = new Set(),
): readonly Near[] {
  const { equipment, ground } = pack;
  const usable = (index: number) => {
    const piece = equipment[index];
    return piece === undefined || gone.has(piece.id) ? null : piece;
  };
  const flat = planeAround(from);
  const walls = segmentsAround(ground, flat);
  const nodes = ground.nodes.flatMap((node, i) => {
    const near = (ground.near[i] ?? []).filter(([piece]) => usable(piece) !== null);
    const to = flat(node);
    const m = Math.hypot(to.x, to.y);
    const [first] = near;
    return first === undefined || REACH_M < m
      ? []
      : [{ to, near, leg_m: m * OPEN_GROUND, least_m: m * OPEN_GROUND + first[1] }];
  });
  nodes.sort((a, b) => a.least_m - b.least_m);
  const best = new Map<number, number>();
  for (const { to, near, leg_m, least_m } of nodes) {
    const third_m = [...best.values()].sort((a, b) => a - b)[MOST - 1] ?? Number.POSITIVE_INFINITY;
    if (third_m <= least_m) break;
    if (!isInSight(to, walls)) continue;
    for (const [piece, meters] of near) {
      best.set(piece, Math.min(best.get(piece) ?? Number.POSITIVE_INFINITY, leg_m + meters));
    }
  }
  const onFoot = [...best].flatMap(([index, meters]) => {
    const piece = usable(index);
    return piece === null ? [] : [{ piece, meters, is_straight: false }];
  });
  if (onFoot.length > 0) return inOrder(onFoot);
  return inOrder(
    equipment
      .filter(({ id, condition }) => condition === 'usable' && !gone.has(id))
      .map((piece) => ({ piece, meters: apart(from, piece.at), is_straight: true })),
  );
}

const inOrder = (all: readonly Near[]) => [...all].sort((a, b) => a.meters - b.meters).slice(0, MOST);

function segmentsAround(ground: Ground, flat: (at: LonLat) => Plane): readonly Segment[] {
  const isNear = ({ a, b }: Segment) =>
    Math.min(a.x, b.x) <= REACH_M &&
    -REACH_M <= Math.max(a.x, b.x) &&
    Math.min(a.y, b.y) <= REACH_M &&
    -REACH_M <= Math.max(a.y, b.y);
  return ground.barriers.flatMap((line) => {
    const points = line.map(flat);
    return points.flatMap((a, i) => {
      const b = points[i + 1];
      const segment = b === undefined ? null : { a, b };
      return segment !== null && isNear(segment) ? [segment] : [];
    });
  });
}

/** Whether nothing stands between where one is and a place. */
function isInSight(to: Plane, walls: readonly Segment[]): boolean {
  const here = { x: 0, y: 0 };
  return !walls.some(({ a, b }) => {
    if (Math.max(a.x, b.x) < Math.min(0, to.x) || Math.max(0, to.x) < Math.min(a.x, b.x)) return false;
    if (Math.max(a.y, b.y) < Math.min(0, to.y) || Math.max(0, to.y) < Math.min(a.y, b.y)) return false;
    return side(here, to, a) * side(here, to, b) < 0 && side(a, b, here) * side(a, b, to) < 0;
  });
}

const side = (a: Plane, b: Plane, p: Plane) => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
