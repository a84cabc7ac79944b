// What was seen of the way, as the service last told; the phone itself does not know what was near enough. Pure.
import type { StopSeen } from '../shared/roster.ts';
import type { Seen, State } from './state.ts';

/** A stretch counts as seen if so much of it was, as a share. */
const ENOUGH = 0.8;

/** Only of the patrol that is at hand: another one has other stretches. */
export function seenNow({ seen, pack }: Pick<State, 'seen' | 'pack'>): Seen | null {
  const patrol = pack?.value.patrol ?? null;
  if (seen === null || patrol === null) return null;
  return seen.day === pack?.value.day && seen.patrol === patrol.number && seen.team.team === patrol.team
    ? seen
    : null;
}

/** Before anybody has set off, all of it is left, and nobody needs to be told. */
export const hasBegun = ({ team }: Seen) => team.started_at !== null || 0 < team.seen_m;

export const seenOf = (seen: Seen | null, stretch: string): StopSeen | null =>
  seen?.team.stops.find((stop) => stop.stretch === stretch) ?? null;

export const isSeen = ({ seen_m, length_m }: StopSeen) => ENOUGH * length_m - 1e-6 <= seen_m;
