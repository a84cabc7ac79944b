// The stops of a way in order, with what came of each.
import type { Way } from '../../shared/duty.ts';
import { ownRun } from '../next.ts';
import { nextStop } from '../run.ts';
import { hasBegun, isSeen, seenNow, seenOf } from '../seen.ts';
import { usePart, useWords } from './context.ts';
import { Mark } from './parts.tsx';
import { stopName } from './texts.ts';

export function Stops({ way, time }: { way: Way; time(after_s: number): string | null }) {
  const t = useWords();
  const run = usePart(ownRun);
  const seen = usePart(seenNow);
  const coming = run.state === 'active' ? nextStop(way, run) : null;
  return (
    <ol class="stops">
      {way.stops.map((stop) => {
        const done = run.done.get(stop.stretch);
        const shown = seen !== null && hasBegun(seen) ? seenOf(seen, stop.stretch) : null;
        return (
          <li
            key={stop.stretch}
            class={done !== undefined ? 'is-done' : stop.stretch === coming?.stretch ? 'is-next' : ''}
          >
            <b class="rank">{stop.rank}</b>
            <div>
              <p>{stopName(t, stop)}</p>
              <small>
                {[
                  stop.village_name,
                  t.meters(stop.seen_m),
                  time(stop.after_s),
                  stop.inspect.length > 0 ? t('volPiecesN', { n: stop.inspect.length }) : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                {shown !== null && (
                  <>
                    {' · '}
                    <b>
                      {isSeen(shown)
                        ? t('volStopSeen')
                        : shown.seen_m === 0
                          ? t('volStopNone')
                          : t('volStopLeft', { m: t.meters(shown.length_m - shown.seen_m) })}
                    </b>
                  </>
                )}
              </small>
              {done !== undefined && (
                <small>
                  {done.skipped === null ? '' : `${t(`volReason_${done.skipped}`)} · `}
                  <Mark entry={done.entry} />
                </small>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
