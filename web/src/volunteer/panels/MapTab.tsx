// The map of the way, and beside it in words what it shows: the nearest pieces and the stops. Words alone where no map can be.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { nearestNow } from '../next.ts';
import { isFresh } from '../position.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Arrow, Icon, Unplaced } from './parts.tsx';
import { SeenTonight } from './Seen.tsx';
import { Stops } from './Stops.tsx';
import { pieceName } from './texts.ts';

export function MapTab({ isShown }: { isShown: boolean }) {
  const t = useWords();
  const { deeds } = usePage();
  const box = useRef<HTMLDivElement>(null);
  // A map that was opened stays: opening one is slow.
  const [wasShown, setShown] = useState(false);
  const chart = usePart((s) => s.chart);
  const way = usePart((s) => s.pack?.value.patrol?.way ?? null);
  useEffect(() => {
    if (isShown) setShown(true);
  }, [isShown]);
  useEffect(() => {
    if (wasShown && box.current !== null) deeds.openMap(box.current);
  }, [wasShown]);
  const hasNone = chart === 'none' || chart === 'failed';
  return (
    <section class="map-tab" hidden={!isShown}>
      <h1 class="visually-hidden">{t('volTab_map')}</h1>
      {wasShown && !hasNone && (
        <div class="map-box">
          <div class="map" ref={box} data-testid="map" />
          {chart === 'waiting' && <p class="waits">{t('volMapOpening')}</p>}
          <div class="map-buttons">
            <button type="button" class="button" onClick={deeds.showWay}>
              {t('volMapWay')}
            </button>
            <button type="button" class="button" onClick={deeds.showOwn}>
              <Icon name="locate" />
              {t('volMapOwn')}
            </button>
          </div>
        </div>
      )}
      {hasNone && <p class="note">{t(chart === 'none' ? 'volMapNone' : 'volMapFailed')}</p>}
      {isShown && <SeenTonight isOnMap={!hasNone} />}
      {isShown && <NearestList />}
      {isShown && way !== null && (
        <details class="card" open={hasNone}>
          <summary>{t('volStops', { n: way.stops.length })}</summary>
          <Stops way={way} time={() => null} />
        </details>
      )}
    </section>
  );
}

export function NearestList() {
  const t = useWords();
  const fix = usePart((s) => (isFresh(s.fix, s.now_ms) ? s.fix : null));
  const entries = usePart((s) => s.entries);
  const pack = usePart((s) => s.pack);
  const { state } = usePage();
  const near = useMemo(() => nearestNow(state.peek()), [fix, entries, pack]);
  return (
    <section class="card nearest">
      <h2>{t('volNearest')}</h2>
      {fix === null || near === null ? (
        <Unplaced says={t('volNearestNeeds')} />
      ) : near.length === 0 ? (
        <p class="empty">{t('volNearestNone')}</p>
      ) : (
        <ol class="near">
          {near.map(({ piece, meters, is_straight }) => (
            <li key={piece.id}>
              <Arrow from={fix.at} to={piece.at} />
              <div>
                <p>{pieceName(t, piece)}</p>
                <small>{piece.code === null ? '' : (piece.name ?? '')}</small>
              </div>
              <p class="near-far">
                <b>{t.meters(meters)}</b>
                <small>{t(is_straight ? 'volStraight' : 'volOnFoot')}</small>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
