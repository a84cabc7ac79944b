// The outbox's rules: what is sent next, what becomes of it, how long to wait. Pure; `keeping.ts` keeps it, `sending.ts` sends it.
import type { EntryBody, HandIn, Pack, TakenIn } from '../../shared/duty.ts';

export interface Photo {
  readonly photo: Blob;
  readonly is: 'waiting' | 'sent' | 'refused';
}

export type EntryState =
  | { readonly is: 'waiting' }
  /** It has arrived, its photos have not. */
  | {
      readonly is: 'photos';
      readonly received_at: string;
      readonly report: number;
      readonly photo_right: string;
    }
  | { readonly is: 'sent'; readonly received_at: string; readonly report: number | null }
  /** It can never be taken as it is. */
  | { readonly is: 'refused'; readonly why: string }
  /** The right to hand it in is over: it waits until the same account signs in again. */
  | { readonly is: 'locked' };

/** Something that was entered, with whose it is and the right to hand it in as they were at that time. */
export interface Entry {
  readonly uuid: string;
  /** Counts up on this phone: they are sent in this order. */
  readonly seq: number;
  readonly account: string;
  readonly region: string;
  readonly right: string;
  readonly body: EntryBody;
  readonly photos: readonly Photo[];
  readonly state: EntryState;
  /** Not sent before: until then it can be undone, or the service is not asked again. */
  readonly ripe_ms: number;
  readonly tries: number;
}

/** What came of a try. */
export type Outcome =
  | { readonly is: 'taken'; readonly answer: TakenIn }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'locked' }
  /** The service is in trouble with this one; the others may go on. */
  | { readonly is: 'later'; readonly wait_ms: number | null }
  /** Nothing goes at all now. */
  | { readonly is: 'lost'; readonly wait_ms: number | null };

export const isWaiting = ({ state }: Entry) => state.is === 'waiting' || state.is === 'photos';
export const isUnsent = ({ state }: Entry) => state.is !== 'sent';

/** A call for help waits for nothing; the others go one after the other, and none overtakes one that may be undone. */
export function nextToSend(entries: readonly Entry[], now_ms: number): Entry | null {
  const open = inOrder(entries.filter(isWaiting));
  const urgent = open.find(({ body, ripe_ms }) => body.kind === 'person_in_water' && ripe_ms <= now_ms);
  if (urgent !== undefined) return urgent;
  for (const entry of open) {
    if (entry.ripe_ms <= now_ms) return entry;
    if (entry.tries === 0) return null;
  }
  return null;
}

/** When something is to be sent next; `null` if nothing waits. */
export function nextTime(entries: readonly Entry[]): number | null {
  const times = entries.filter(isWaiting).map(({ ripe_ms }) => ripe_ms);
  return times.length === 0 ? null : Math.min(...times);
}

const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Twice as long after every try. */
export const waitAfter = (tries: number) =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));

/** The entry after a try. */
export function tried(entry: Entry, outcome: Outcome, now_ms: number): Entry {
  switch (outcome.is) {
    case 'taken': {
      const { received_at, report } = outcome.answer;
      const hasPhotos = entry.photos.some((photo) => photo.is === 'waiting');
      const state: EntryState =
        report !== null && hasPhotos
          ? { is: 'photos', received_at, report: report.id, photo_right: report.photo_right }
          : { is: 'sent', received_at, report: report?.id ?? null };
      return lightened({ ...entry, state, tries: 0, ripe_ms: 0 });
    }
    case 'refused':
      return { ...entry, state: { is: 'refused', why: outcome.why } };
    case 'locked':
      return { ...entry, state: { is: 'locked' } };
    case 'later': {
      const tries = entry.tries + 1;
      return { ...entry, tries, ripe_ms: now_ms + (outcome.wait_ms ?? waitAfter(tries)) };
    }
    case 'lost':
      return entry;
  }
}

/** The entry after a photo of it has gone, or cannot go. */
export function photoTried(entry: Entry, index: number, is: 'sent' | 'refused'): Entry {
  const photos = entry.photos.map((photo, i) => (i === index ? { ...photo, is } : photo));
  const { state } = entry;
  if (state.is !== 'photos' || photos.some((photo) => photo.is === 'waiting')) return { ...entry, photos };
  const done: EntryState = { is: 'sent', received_at: state.received_at, report: state.report };
  return lightened({ ...entry, photos, state: done, tries: 0 });
}

/** What has arrived is remembered without what makes it heavy. */
function lightened(entry: Entry): Entry {
  if (entry.state.is !== 'sent') return entry;
  const photos = entry.photos.map((photo) => (photo.is === 'sent' ? { ...photo, photo: new Blob() } : photo));
  return { ...entry, photos, body: entry.body.fixes === null ? entry.body : { ...entry.body, fixes: [] } };
}

/** The same account has a new right: what waited for one goes on. Only entries that change. */
export function renewed(
  entries: readonly Entry[],
  account: string,
  region: string,
  right: string,
): readonly Entry[] {
  return entries
    .filter((entry) => entry.account === account && entry.region === region && entry.state.is === 'locked')
    .filter((entry) => entry.right !== right)
    .map((entry) => ({ ...entry, right, state: { is: 'waiting' }, tries: 0, ripe_ms: 0 }));
}

/** A right is asked for anew so long before it is over: nobody is without a line for longer. */
const RIGHT_LEFT_MS = 7 * 86_400_000;

/** The right that whoever is signed in has, if it holds for a while and nothing was refused with it. */
export function goodRight(
  {
    entries,
    pack,
    who,
  }: {
    readonly entries: readonly Entry[];
    readonly pack: { readonly value: Pack } | null;
    readonly who: string | null;
  },
  now_ms: number,
): HandIn | null {
  const known = pack?.value.hand_in ?? null;
  const isLocked = entries.some(({ account, state }) => account === who && state.is === 'locked');
  return known === null || isLocked || Date.parse(known.until) - now_ms < RIGHT_LEFT_MS ? null : known;
}

/** To be tried once more by hand. */
export const again = (entry: Entry): Entry => ({ ...entry, state: { is: 'waiting' }, tries: 0, ripe_ms: 0 });

const REMEMBERED_MS = 36 * 3_600_000;

/** What arrived long ago and need not be remembered. */
export const forgettable = (entries: readonly Entry[], now_ms: number): readonly Entry[] =>
  entries.filter(({ state, body }) => state.is === 'sent' && REMEMBERED_MS < now_ms - Date.parse(body.at));

export const inOrder = (entries: readonly Entry[]) => [...entries].sort((a, b) => a.seq - b.seq);

export const nextSeq = (entries: readonly Entry[]) => 1 + Math.max(0, ...entries.map(({ seq }) => seq));

/** With its photos as text, for a file when all else fails. */
export function exported(entries: readonly Entry[], photos: ReadonlyMap<Blob, string>): string {
  const rows = inOrder(entries.filter(isUnsent)).map(
    ({ uuid, account, region, right, body, photos: own, state }) => ({
      uuid,
      account,
      region,
      right,
      state: state.is,
      body,
      photos: own.flatMap(({ photo, is }) => (is === 'sent' ? [] : [photos.get(photo) ?? ''])),
    }),
  );
  return JSON.stringify({ zhugan: 'entries', entries: rows }, null, 1);
}
