// The patrol under way: the next stop large, what to look at there, and the one button for the thumb.
import { useEffect } from 'preact/hooks';
import type { Answer, Pack, Piece, Stop } from '../../shared/duty.ts';
import { CHECKED } from '../../shared/duty.ts';
import { apart } from '../../shared/places.ts';
import { ownRun } from '../next.ts';
import { partners, piecesAt } from '../pack.ts';
import { isFresh, isThere, POOR_M, toLine } from '../position.ts';
import { nextStop } from '../run.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Arrow, Icon, Mark, Unplaced } from './parts.tsx';
import { Stops } from './Stops.tsx';
import { Partners } from './Tonight.tsx';
import { lineStart, pieceName, stopName } from './texts.ts';

export function Running({ pack }: { pack: Pack }) {
  const t = useWords();
  const { dispatch, deeds } = usePage();
  const run = usePart(ownRun);
  const way = pack.patrol?.way ?? null;
  const stop = nextStop(way, run);
  const n_done = way?.stops.filter(({ stretch }) => run.done.has(stretch)).length ?? 0;
  const of = way?.stops.length ?? 0;
  const left = way?.stops.some(({ stretch }) => !run.done.has(stretch)) ?? false;
  return (
    <section class="running">
      <header class="progress-line">
        <h1>{t('volDoneOf', { n: n_done, of })}</h1>
        {run.started_ms !== null && (
          <span>{t('volSince', { time: t.time(run.started_ms, pack.time_zone) })}</span>
        )}
      </header>
      <progress max={Math.max(1, of)} value={n_done} aria-label={t('volDoneOf', { n: n_done, of })} />
      {stop === null ? (
        <div class="card next-stop is-all">
          <h2>{t(way === null ? 'volNoWayNow' : 'volAllDone')}</h2>
          <button type="button" class="button is-main is-large" onClick={deeds.finish}>
            {t('volFinish')}
          </button>
        </div>
      ) : (
        <NextStop key={stop.stretch} pack={pack} stop={stop} />
      )}
      {way !== null && (
        <details class="card">
          <summary>{t('volStops', { n: of })}</summary>
          <Stops way={way} time={() => null} />
        </details>
      )}
      <Partners all={partners(pack)} />
      <div class="pair">
        <button
          type="button"
          class="button"
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'reminder' } })}
        >
          <Icon name="speak" />
          {t('volReminderShort')}
        </button>
        {stop !== null && (
          <button
            type="button"
            class="button"
            onClick={() =>
              left ? dispatch({ is: 'dialogOpened', dialog: { is: 'finish' } }) : deeds.finish()
            }
          >
            {t('volFinish')}
          </button>
        )}
      </div>
      {pack.duty !== null && <HandsOver answer={pack.duty.answer} />}
    </section>
  );
}

/** Whoever has to leave early: somebody else may go on. */
function HandsOver({ answer }: { answer: Answer | null }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const owed = usePart((s) => s.owed?.answer ?? null);
  if (answer !== 'hands_over')
    return (
      <button
        type="button"
        class="button is-full is-quiet"
        onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'hands' } })}
      >
        {t('volHandsRest')}
      </button>
    );
  return (
    <div class="note">
      <p role="status">{t(owed === null ? 'volAnswer_hands_over' : 'volAnswerSaved')}</p>
      <button type="button" class="button" onClick={() => deeds.answer('comes')}>
        {t('volHandsBack')}
      </button>
    </div>
  );
}

function NextStop({ pack, stop }: { pack: Pack; stop: Stop }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  // What comes next is at the top, wherever the last one was left.
  useEffect(() => scrollTo(0, 0), []);
  return (
    <article class="card next-stop">
      <p class="next-rank">{t('volNextStop', { n: stop.rank })}</p>
      <h2>{stopName(t, stop)}</h2>
      <p class="hint">
        {[stop.village_name, t('volWalkAlong', { m: t.meters(stop.seen_m) })].filter(Boolean).join(' · ')}
      </p>
      <HowFar stop={stop} />
      <Pieces pieces={piecesAt(pack, stop)} />
      {stop.hot_spots.length > 0 && <p class="note">{t('volLinger')}</p>}
      <button type="button" class="button is-main is-large" onClick={() => deeds.checkIn(stop)}>
        <Icon name="check" />
        {t('volCheckIn')}
      </button>
      <div class="pair">
        <button
          type="button"
          class="button"
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'skip', stop } })}
        >
          {t('volSkip')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'code' } })}
        >
          <Icon name="code" />
          {t('volCode')}
        </button>
      </div>
    </article>
  );
}

/** How far the stop is, straight, and in which direction. */
function HowFar({ stop }: { stop: Stop }) {
  const t = useWords();
  const { deeds } = usePage();
  const fix = usePart((s) => (isFresh(s.fix, s.now_ms) ? s.fix : null));
  const heading = usePart((s) => s.heading);
  if (fix === null) return <Unplaced says={t('volByHand')} />;
  const m = toLine(fix.at, stop.line);
  const isHere = isThere(m, fix.accuracy_m);
  const to = lineStart(stop);
  return (
    <div class={`how-far${isHere ? ' is-here' : ''}`}>
      <p role="status">
        {isHere ? <b>{t('volHere')}</b> : <b class="meters">{t.meters(apart(fix.at, to))}</b>}
        <small>
          {isHere ? '' : t('volStraight')}
          {POOR_M < fix.accuracy_m ? ` ${t('volPoor', { m: t.meters(fix.accuracy_m) })}` : ''}
        </small>
      </p>
      {!isHere && <Arrow from={fix.at} to={to} />}
      {!isHere && heading === null && (
        <button type="button" class="button is-quiet is-compass" onClick={deeds.useCompass}>
          {t('volNorthUp')} <u>{t('volCompass')}</u>
        </button>
      )}
    </div>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const t = useWords();
  if (pieces.length === 0) return null;
  return (
    <section class="pieces">
      <h3>{t('volLookAt')}</h3>
      {pieces.map((piece) => (
        <PieceCheck key={piece.id} piece={piece} />
      ))}
    </section>
  );
}

function PieceCheck({ piece }: { piece: Piece }) {
  const t = useWords();
  const { deeds } = usePage();
  const run = usePart(ownRun);
  const seen = run.checked.get(piece.id);
  return (
    <fieldset class="piece">
      <legend>
        {pieceName(t, piece)}
        {seen !== undefined && <Mark entry={seen.entry} />}
      </legend>
      <div class="choice is-three">
        {CHECKED.map((condition) => (
          <button
            type="button"
            key={condition}
            class={`is-${condition}`}
            aria-pressed={seen?.condition === condition}
            onClick={() => deeds.check(piece, condition, 'place')}
          >
            {t(`condition_${condition}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
