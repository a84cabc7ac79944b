// The stops of a way in order, with what came of each.
import type { Way } from '../../shared/duty.ts';
import { ownRun } from '../next.ts';
import { nextStop } from '../run.ts';
import { usePart, useWords } from './context.ts';
import { Mark } from './parts.tsx';
import { stopName } from './texts.ts';

export function Stops({ way, time }: { way: Way; time(after_s: number): string | null }) {
  const t = useWords();
  const run = usePart(ownRun);
  const coming = run.state === 'active' ? nextStop(way, run) : null;
  return (
    <ol class="stops">
      {way.stops.map((stop) => {
        const done = run.done.get(stop.stretch);
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
