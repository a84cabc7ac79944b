// The map and what stands on it; lists instead where no map can be.
import type { ComponentType, RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { placeFromText } from '../../shared/places.ts';
import { regionOf } from '../state.ts';
import { PlaceField } from './PlaceField.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';
import { Search } from './Search.tsx';

export function MapArea({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const t = useWords();
  const map = usePart((s) => s.map);
  const hasNone = map === 'none' || map === 'failed';
  const tools = useTools(map === 'there');
  // A region that could not be loaded has no map to wait for; the reason stands in the panel.
  const hasRegionFailed = usePart((s) => regionOf(s)?.state === 'failed');
  return (
    <section class={hasNone ? 'map-area is-without-map' : 'map-area'}>
      {/* Not hidden before it is there: a map needs its size to open. */}
      {!hasNone && <div class="map" ref={box} data-testid="map" />}
      <div class="map-top">
        <Search />
        {tools !== null && <tools.LayersPanel />}
      </div>
      {map === 'waiting' && !hasRegionFailed && (
        <p class="map-waiting" role="status">
          {t('mapLoading')}
        </p>
      )}
      {hasNone && <WithoutMap />}
      {tools !== null && (
        <>
          <tools.ModeBar />
          <tools.Legend />
        </>
      )}
    </section>
  );
}

interface Tools {
  readonly LayersPanel: ComponentType;
  readonly ModeBar: ComponentType;
  readonly Legend: ComponentType;
}

/** What is of use with a map alone comes when there is one. */
function useTools(isWanted: boolean): Tools | null {
  const [tools, setTools] = useState<Tools | null>(null);
  useEffect(() => {
    if (isWanted) import('./MapTools.tsx').then(setTools, () => {});
  }, [isWanted]);
  return tools;
}

function WithoutMap() {
  const t = useWords();
  const hasFailed = usePart((s) => s.map === 'failed');
  const { dispatch } = usePlanner();
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  return (
    <div class="without-map">
      <p role="status">
        <b>{t(hasFailed ? 'noMapFailed' : 'noMap')}</b>
      </p>
      <p>{t('noMapMore')}</p>
      <PlaceField
        label={t('askPlace')}
        action={t('askPlaceDo')}
        start=""
        read={(text) => placeFromText(text, area)}
        give={(at) => dispatch({ is: 'selected', selection: { what: 'place', at } })}
      />
    </div>
  );
}
