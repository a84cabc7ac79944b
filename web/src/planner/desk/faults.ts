// Why something could not be done, as the register's part of the page tells it.
import { Refused } from '../../shared/api.ts';
import type { DeskFault } from './state.ts';

/** So often a change is sent anew whose region has changed elsewhere, but not where it matters. */
export const MOST_TRIES = 8;

/** What was seen is not what is there any more. */
export class ChangedMeanwhile extends Error {}

export function faultOf(cause: unknown): DeskFault {
  if (cause instanceof ChangedMeanwhile) {
    return { what: 'refused', kind: 'changed-meanwhile', why: '', retry_after_s: null };
  }
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  const kind = cause.problem.type.replace(/^.*\//, '');
  return { what: 'refused', kind, why: cause.message, retry_after_s: cause.retry_after_s };
}

export const isOf = (cause: unknown, status: number) =>
  cause instanceof Refused && cause.problem.status === status;

/**
 * Sends a change by the validator of what was seen, as long as only other things of the region have changed meanwhile.
 * Returns what others have made of it, or `null` when the change is kept.
 */
export async function sentOver<Seen extends { readonly etag: string }>(
  seen: Seen,
  send: (etag: string) => Promise<unknown>,
  look: () => Promise<Seen>,
  isSame: (theirs: Seen) => boolean,
): Promise<Seen | null> {
  let { etag } = seen;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      await send(etag);
      return null;
    } catch (cause) {
      if (!isOf(cause, 412)) throw cause;
    }
    const theirs = await look();
    if (!isSame(theirs)) return theirs;
    etag = theirs.etag;
  }
  throw new Error('the region changes faster than anything can be written');
}
