// What a tap of a volunteer becomes as an entry. Pure.
import type { Checked, How, Piece, Reason, Stop } from '../shared/duty.ts';
import type { Words } from '../shared/words.ts';
import type { Entering } from './effects.ts';
import { ownRun } from './next.ts';
import { wayOf } from './pack.ts';
import { type Fix, isFresh, isThere, toLine } from './position.ts';
import { nextStop } from './run.ts';
import type { Draft, State } from './state.ts';

/** How far away somebody checks in; `null` where they are there, or nobody knows. */
export function farFrom(stop: Stop, fix: Fix | null, now_ms: number): number | null {
  if (!isFresh(fix, now_ms)) return null;
  const m = toLine(fix.at, stop.line);
  return isThere(m, fix.accuracy_m) ? null : m;
}

/** By the place where it is known, else by hand, which is noted. */
const howNow = ({ fix, now_ms }: State): How => (isFresh(fix, now_ms) ? 'place' : 'hand');

export const checkIn = (state: State, stop: Stop): Entering => ({
  kind: 'check_in',
  stretch: stop.stretch,
  how: howNow(state),
});

export const skip = (stop: Stop, reason: Reason): Entering => ({
  kind: 'skip',
  stretch: stop.stretch,
  reason,
});

/** What was seen of a piece; on the stretch where it is to be looked at, else on the next one. */
export function check(state: State, piece: Piece, condition: Checked, how: How): Entering {
  const way = wayOf(state.pack?.value ?? null);
  const own = way?.stops.find(({ inspect }) => inspect.includes(piece.id)) ?? nextStop(way, ownRun(state));
  return {
    kind: 'check_in',
    stretch: own?.stretch ?? null,
    equipment: piece.id,
    condition,
    how: how === 'code' ? 'code' : howNow(state),
  };
}

/**
 * A report says one of the few things that the service knows, and what was meant in words. What is missing or damaged is a
 * piece: where none is known, it is something dangerous at a place.
 */
export function report(t: Words, { kind, piece, note }: Draft): Entering {
  const own = note.trim();
  const isOfPiece = piece !== null && (kind === 'missing' || kind === 'damaged');
  const said = isOfPiece || kind === 'other' || kind === null ? null : t(`volReport_${kind}`);
  const words = [said, own === '' && kind === 'other' ? t('volSeePhoto') : own]
    .filter(Boolean)
    .join(t('volColon'));
  return {
    kind: 'report',
    seen: isOfPiece && (kind === 'missing' || kind === 'damaged') ? kind : 'hazard',
    equipment: piece?.id ?? null,
    note: words === '' ? null : words,
  };
}
