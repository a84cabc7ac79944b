// Sends what waits in the outbox, one after the other; the same entry may be sent twice and counts once.
import { Refused } from '../../shared/api.ts';
import type { DutyApi } from '../../shared/duty.ts';
import { sendPhoto } from '../../shared/report.ts';
import { type Entry, nextTime, nextToSend, type Outcome, photoTried, tried, waitAfter } from './entry.ts';
import type { Keep } from './keeping.ts';

export interface Told {
  /** Which one is on its way, if one is. */
  sending(uuid: string | null): void;
  is(entry: Entry): void;
  reached(isUp: boolean): void;
}

export interface Outbox {
  /** Sends what is ripe, and wakes up again when something else is. */
  send(): void;
  /** Not waiting for the end of a wait. */
  sendNow(): void;
  stop(): void;
}

/** How long to wait where the service says only that it is too much. */
const SOON_MS = 30_000;

/** By what a problem says; what no answer came to is lost. */
export function outcomeOf(cause: unknown): Outcome {
  if (!(cause instanceof Refused)) return { is: 'lost', wait_ms: null };
  const wait_ms = cause.retry_after_s === null ? null : cause.retry_after_s * 1000;
  const { status } = cause.problem;
  if (status === 429) return { is: 'lost', wait_ms: wait_ms ?? SOON_MS };
  if (status === 401 || status === 403) return { is: 'locked' };
  if (status === 408 || 500 <= status) return { is: 'later', wait_ms };
  return { is: 'refused', why: cause.message };
}

export function openOutbox(keep: Keep, api: DutyApi, told: Told, now = () => Date.now()): Outbox {
  let isSending = false;
  let isWantedAgain = false;
  let lost = 0;
  let quietUntil_ms = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function kept(entry: Entry): Promise<void> {
    // What cannot be written is held all the same.
    await keep.put(entry).catch(() => {});
    told.is(entry);
  }

  /** Whether the others may go on. */
  async function one(entry: Entry): Promise<boolean> {
    told.sending(entry.uuid);
    const { state } = entry;
    const index = entry.photos.findIndex((photo) => photo.is === 'waiting');
    const photo = entry.photos[index];
    let outcome: Outcome;
    try {
      if (state.is === 'photos' && photo !== undefined) {
        const receipt = { id: state.report, photo_right: state.photo_right, heeded: false };
        await sendPhoto(entry.region, receipt, photo.photo, () => {});
        outcome = { is: 'taken', answer: { id: '', received_at: '', report: null } };
      } else {
        outcome = {
          is: 'taken',
          answer: await api.handIn(entry.region, entry.uuid, entry.right, entry.body),
        };
      }
    } catch (cause) {
      outcome = outcomeOf(cause);
    }
    told.reached(outcome.is !== 'lost' || outcome.wait_ms !== null);
    if (outcome.is === 'lost') {
      lost += 1;
      quietUntil_ms = now() + (outcome.wait_ms ?? waitAfter(lost));
      return false;
    }
    lost = 0;
    const isOfPhoto = state.is === 'photos';
    if (isOfPhoto && outcome.is === 'taken') await kept(photoTried(entry, index, 'sent'));
    // A photo that does not go holds up nothing: the report has arrived.
    else if (isOfPhoto && outcome.is !== 'later') await kept(photoTried(entry, index, 'refused'));
    else await kept(tried(entry, outcome, now()));
    return true;
  }

  async function pass(): Promise<void> {
    for (;;) {
      if (now() < quietUntil_ms) return;
      const entry = nextToSend(await keep.entries(), now());
      if (entry === null || !(await one(entry))) return;
    }
  }

  async function run(): Promise<void> {
    if (isSending) {
      isWantedAgain = true;
      return;
    }
    isSending = true;
    clearTimeout(timer);
    try {
      do {
        isWantedAgain = false;
        await alone(pass);
      } while (isWantedAgain);
      const at_ms = nextTime(await keep.entries());
      if (at_ms !== null) {
        const wait_ms = Math.max(at_ms, quietUntil_ms) - now();
        timer = setTimeout(() => void run(), Math.max(500, wait_ms));
      }
    } finally {
      isSending = false;
      told.sending(null);
    }
  }

  return {
    send: () => void run(),
    sendNow() {
      quietUntil_ms = 0;
      void run();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Where a browser has several pages open, one of them sends. */
function alone(run: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return run();
  return navigator.locks.request('zhugan-outbox', { ifAvailable: true }, (lock) =>
    lock === null ? undefined : run(),
  ) as Promise<void>;
}
