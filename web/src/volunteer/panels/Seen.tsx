// How much of the way was seen, and as of when: what the team's phones have handed in, not this one alone.
import { hasBegun, seenNow } from '../seen.ts';
import { useClock, usePart, useWords } from './context.ts';

export function SeenTonight({ isOnMap = false }: { isOnMap?: boolean }) {
  const t = useWords();
  const seen = usePart(seenNow);
  const time = useClock();
  if (seen === null || !hasBegun(seen)) return null;
  const { seen_m, due_m } = seen.team;
  const of = { seen: t.km(seen_m), due: t.km(due_m), time: time(seen.at_ms) };
  return (
    <section class="card seen">
      <p role="status">{t('volSeenOf', of)}</p>
      <progress max={Math.max(1, due_m)} value={seen_m} aria-label={t('volSeen')} />
      {isOnMap && (
        <ul class="seen-key">
          <li class="is-left">{t('volKeyLeft')}</li>
          <li class="is-seen">{t('volKeySeen')}</li>
        </ul>
      )}
    </section>
  );
}
