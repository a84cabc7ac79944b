// Sends a change as long as nobody else has changed the same thing.
import { isOf } from './faults.ts';

/** So often a change is sent anew whose region has changed elsewhere, but not where it matters. */
export const MOST_TRIES = 8;

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
