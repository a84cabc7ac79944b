// What concerns the evening beside the patrol: what was seen of it, the evenings that others hand over, one's calendar.
import { computed, effect } from '@preact/signals';
import { Refused } from '../../shared/api.ts';
import type { DutyApi, Wanted } from '../../shared/duty.ts';
import type { Deed, State } from '../state.ts';
import type { Store } from '../store.ts';

/** What was seen is not asked for more often. */
const EVERY_MS = 30_000;

export interface Hands {
  /** Notes whether there is a line. */
  heard<T>(asked: Promise<T>): Promise<T>;
  /** Does one thing at a time, and tells what went wrong with it. */
  doing(deed: Deed, run: () => Promise<void>): Promise<void>;
  fetchPack(): Promise<void>;
}

export function eveningDeeds(store: Store, api: DutyApi, { heard, doing, fetchPack }: Hands) {
  const { dispatch } = store;
  const now = (): State => store.state.peek();
  let asked_ms = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks at once, or as soon as it may. */
  function lookAtSeen(): void {
    if (timer !== undefined) return;
    const wait_ms = asked_ms + EVERY_MS - Date.now();
    if (wait_ms <= 0) void askWhatWasSeen();
    else
      timer = setTimeout(() => {
        timer = undefined;
        void askWhatWasSeen();
      }, wait_ms);
  }

  async function askWhatWasSeen(): Promise<void> {
    const { region, who, pack, session } = now();
    const own = pack?.value.patrol ?? null;
    if (region === null || pack === null || own === null || session !== 'there') return;
    asked_ms = Date.now();
    try {
      const { day, patrol, teams } = await heard(api.seen(region, pack.value.day));
      const team = teams.find((one) => one.team === own.team);
      if (now().who !== who || now().region !== region || patrol === null || team === undefined) return;
      dispatch({ is: 'seenCame', seen: { day, patrol, team, at_ms: Date.now() } });
    } catch {
      // What was known last stays, with its time.
    }
  }

  const isMap = computed(() => store.state.value.tab === 'map');
  effect(() => {
    if (isMap.value) lookAtSeen();
  });

  return {
    lookAtSeen,
    /** Whether the evening is one's own now. */
    async takeOver({ day, volunteer }: Wanted): Promise<boolean> {
      let isDone = false;
      await doing('takeOver', async () => {
        try {
          await heard(api.takeOver(now().region ?? '', day, volunteer));
        } catch (cause) {
          // Who was faster, or has taken it back, is in the list no longer.
          if (cause instanceof Refused) void fetchPack();
          throw cause;
        }
        isDone = true;
        dispatch({ is: 'tookOver' });
      });
      if (isDone) await fetchPack();
      return isDone;
    },
    makeCalendar: () =>
      doing('calendar', async () => {
        const { url } = await heard(api.calendar(now().region ?? ''));
        dispatch({ is: 'calendarCame', url: new URL(url, location.origin).href });
      }),
  };
}
