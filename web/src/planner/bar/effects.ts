// The notices in force: asked for after the first answers, again when one is written, and when one begins or ends.
import { computed, effect, type Signal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Notice } from '../../shared/contract.ts';
import { type NoticesApi, noticesApi } from '../../shared/notices.ts';
import { loadWords } from '../../shared/words.ts';
import { regionOf } from '../state.ts';
import type { Store } from '../store.ts';
import { barOf } from './panels/NoticeBar.tsx';

/** Nobody relies on an event alone. */
const LONGEST_MS = 300_000;
/** A clock that is a little ahead does not ask again and again. */
const SHORTEST_MS = 1_000;

/** When the notices in force are asked for again: when one begins or ends, or after a while. */
export function nextLook_ms(changes_at: string | null, now_ms: number): number {
  const until_ms = changes_at === null ? Number.POSITIVE_INFINITY : Date.parse(changes_at) - now_ms;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, until_ms + SHORTEST_MS));
}

/** Puts the bar into its place, once there is something in it. Returns how to stop asking. */
export function openBar(
  store: Store,
  place: Signal<ComponentType | null>,
  api: NoticesApi = noticesApi,
): () => void {
  const shown = signal<{ readonly region: string; readonly notices: readonly Notice[] } | null>(null);
  const asked = computed(() => {
    const { n_reported, returns } = store.state.value;
    const region = regionOf(store.state.value);
    return region?.state === 'ready' ? `${returns} ${n_reported} ${region.id}` : null;
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let number = 0;

  async function look(): Promise<void> {
    clearTimeout(timer);
    const region = store.state.peek().region;
    if (region === null) return;
    number += 1;
    const mine = number;
    let changes_at: string | null = null;
    try {
      const [answer] = await Promise.all([
        api.inForce(region),
        loadWords(store.state.peek().language, 'later'),
      ]);
      if (mine !== number) return;
      shown.value = { region, notices: answer.notices };
      changes_at = answer.changes_at;
      if (answer.notices.length > 0) place.value ??= barOf(shown);
    } catch {
      // What was in force is shown on; the page itself says that the service is away.
      if (mine !== number) return;
    }
    timer = setTimeout(() => void look(), nextLook_ms(changes_at, Date.now()));
  }

  const stop = effect(() => {
    if (asked.value !== null) void look();
  });
  return () => {
    stop();
    number += 1;
    clearTimeout(timer);
  };
}
