// How teams are told apart, and what of a plan is drawn on the map.

import type { Drawn, Proposed } from '../../../map/scene.ts';
import { PALETTE } from '../../../shared/classes.ts';
import type { LonLat } from '../../../shared/contract.ts';
import type { PatrolState } from './state.ts';

/** Chosen for contrast on the pale map, and unlike the colors of reach: no team is red or amber as banks are that are too far. */
const COLORS = [
  '#00736d',
  '#6a2fa0',
  '#b01c7a',
  '#3d7a12',
  '#23282d',
  '#0079ab',
  '#6b4a1e',
  '#4257c9',
] as const;
const DASHES = [null, [3, 1], [1, 1], [6, 1.5]] as const;

/** A color, and a dash, since color is not the only difference; the number is the third. */
export function lookOf(team: number): { readonly color: string; readonly dash: readonly number[] | null } {
  return { color: COLORS[team % COLORS.length] ?? COLORS[0], dash: DASHES[team % DASHES.length] ?? null };
}

/** The ways, the stretches on them, what is carried over, and where each team begins. */
export function drawnOf({ shown, trial, chosen, wish }: PatrolState): readonly (Drawn | Proposed)[] {
  const plan = (trial?.after ?? shown)?.plan;
  const spots = wish.hotSpots.map((at) => ({ at, is: 'changed' as const }));
  if (plan === undefined) {
    const starts = wish.teams.flatMap(({ start }, i) =>
      start === null ? [] : [{ at: start, is: 'added' as const, rank: i + 1, color: lookOf(i).color }],
    );
    return [...spots, ...starts];
  }
  const line = (points: readonly number[][]) => points as unknown as readonly LonLat[];
  const order = plan.teams.map((_, i) => i).filter((i) => i !== chosen);
  // Whoever is looked at lies on top.
  if (chosen !== null) order.push(chosen);
  return [
    ...plan.carried.map((row) => ({ line: line(row.line), color: PALETTE.ink, width: 2.5, dash: [1, 1.5] })),
    ...order.flatMap((i) => {
      const team = plan.teams[i];
      if (team === undefined || team.stops.length === 0) return [];
      const isFaint = chosen !== null && chosen !== i;
      const { color, dash } = lookOf(i);
      const way = { line: line(team.line), color, width: isFaint ? 1.5 : 2.5, dash };
      const stretches = team.stops.map((stop) => ({
        line: line(stop.line),
        color,
        width: isFaint ? 3 : 6,
        dash,
      }));
      return [...stretches, way];
    }),
    ...spots,
    ...order.flatMap((i) => {
      const team = plan.teams[i];
      if (team === undefined || team.stops.length === 0) return [];
      return [
        { at: team.start as unknown as LonLat, is: 'added' as const, rank: i + 1, color: lookOf(i).color },
      ];
    }),
    ...numbersOf(plan.teams[chosen ?? -1]?.stops ?? [], chosen ?? 0),
  ];
}

/** The order in which the team that is looked at goes along its stretches. */
function numbersOf(stops: readonly { rank: number; line: number[][] }[], team: number): Proposed[] {
  const { color } = lookOf(team);
  return stops.flatMap(({ rank, line }) => {
    const at = line[Math.floor(line.length / 2)] as unknown as LonLat | undefined;
    return at === undefined ? [] : [{ at, is: 'added', rank, color, isSmall: true }];
  });
}
