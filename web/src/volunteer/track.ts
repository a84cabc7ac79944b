// The track of a patrol, gathered in pieces that are handed in one by one. Pure.
import type { TrackFix } from '../shared/duty.ts';
import { apart } from '../shared/places.ts';
import type { Fix } from './position.ts';

/** A piece of the track. Its name is made with it, so that handing it in twice counts once. */
export interface Track {
  readonly uuid: string;
  readonly at_ms: number;
  readonly fixes: readonly TrackFix[];
}

const MOST_FIXES = 100;
const LONGEST_MS = 120_000;
/** Less sure than this says nothing of the way. */
const USELESS_M = 100;
const STEP_M = 5;
const STEP_MS = 15_000;

/** The track with one more fix; the same where the fix says nothing new. */
export function longer(track: Track | null, { at, accuracy_m, ms }: Fix, uuid: () => string): Track | null {
  if (USELESS_M < accuracy_m) return track;
  const fix = (since_ms: number): TrackFix => [
    Math.round(ms - since_ms),
    Number(at[0].toFixed(6)),
    Number(at[1].toFixed(6)),
    Math.round(accuracy_m),
  ];
  const last = track?.fixes.at(-1);
  if (track === null || last === undefined) return { uuid: uuid(), at_ms: ms, fixes: [fix(ms)] };
  const [since, lon, lat] = last;
  const quiet_ms = ms - track.at_ms - since;
  if (quiet_ms <= 0 || (quiet_ms < STEP_MS && apart([lon, lat], at) < STEP_M)) return track;
  return { ...track, fixes: [...track.fixes, fix(track.at_ms)] };
}

export const isFull = (track: Track, now_ms: number) =>
  MOST_FIXES <= track.fixes.length || LONGEST_MS <= now_ms - track.at_ms;
