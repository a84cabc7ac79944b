// After the patrol: what came of it, and whether all of it has arrived.
import type { Pack } from '../../shared/duty.ts';
import { ownRun } from '../next.ts';
import { isWaiting } from '../outbox/entry.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Mark } from './parts.tsx';
import { SeenTonight } from './Seen.tsx';
import { Stops } from './Stops.tsx';

export function Finished({ pack }: { pack: Pack }) {
  const t = useWords();
  const { dispatch, deeds } = usePage();
  const run = usePart(ownRun);
  const waiting = usePart((s) => s.entries.filter(isWaiting).length);
  const way = pack.patrol?.way ?? null;
  const done = [...run.done.values()];
  const n_in = done.filter(({ skipped }) => skipped === null).length;
  const minutes = ((run.finished_ms ?? 0) - (run.started_ms ?? 0)) / 1000;
  return (
    <section class="finished">
      <h1>{t('volFinished')}</h1>
      {run.finish !== null && <Mark entry={run.finish} />}
      <dl class="figures">
        <div>
          <dd>
            {t.count(n_in)}/{t.count(way?.stops.length ?? n_in)}
          </dd>
          <dt>{t('volFigureIn')}</dt>
        </div>
        <div>
          <dd>{t.count(done.length - n_in)}</dd>
          <dt>{t('volFigureSkipped')}</dt>
        </div>
        <div>
          <dd>{t.minutes(minutes)}</dd>
          <dt>{t('volFigureMinutes')}</dt>
        </div>
      </dl>
      <SeenTonight />
      <button
        type="button"
        class={`button is-full${waiting === 0 ? '' : ' is-main'}`}
        onClick={() => dispatch({ is: 'outboxOpened', open: true })}
      >
        {waiting === 0 ? t('volAllSent') : t('volWaitingStill', { n: waiting })}
      </button>
      {way !== null && (
        <details class="card">
          <summary>{t('volStops', { n: way.stops.length })}</summary>
          <Stops way={way} time={() => null} />
        </details>
      )}
      <button type="button" class="button is-full is-quiet" onClick={deeds.start}>
        {t('volStartAgain')}
      </button>
    </section>
  );
}
