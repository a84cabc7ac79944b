// The map and what stands on it: search, layers, legend, what the next tap does; lists instead where no map can be.
import type { ComponentChildren, RefObject } from 'preact';
import { LAYERS, OPACITY } from '../../shared/layers.ts';
import { placeFromText } from '../../shared/places.ts';
import type { Key } from '../../shared/words.ts';
import { regionOf } from '../state.ts';
import { Legend } from './Legend.tsx';
import { PlaceField } from './PlaceField.tsx';
import { IconButton, KeySign } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';
import { Search } from './Search.tsx';

export function MapArea({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const t = useWords();
  const map = usePart((s) => s.map);
  const hasNone = map === 'none' || map === 'failed';
  // A region that could not be loaded has no map to wait for; the reason stands in the panel.
  const hasRegionFailed = usePart((s) => regionOf(s)?.state === 'failed');
  return (
    <section class={hasNone ? 'map-area is-without-map' : 'map-area'}>
      {/* Not hidden before it is there: a map needs its size to open. */}
      {!hasNone && <div class="map" ref={box} data-testid="map" />}
      <div class="map-top">
        <Search />
        {map === 'there' && <LayersPanel />}
      </div>
      {map === 'waiting' && !hasRegionFailed && (
        <p class="map-waiting" role="status">
          {t('mapLoading')}
        </p>
      )}
      {hasNone && <WithoutMap />}
      {map === 'there' && (
        <>
          <ModeBar />
          <Legend />
        </>
      )}
    </section>
  );
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

function LayersPanel() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const isOpen = usePart((s) => s.is_layers_open);
  const layers = usePart((s) => s.layers);
  const opacity_pct = usePart((s) => s.opacity_pct);
  const opacity = t.percent(opacity_pct / 100);
  const hasBaseMap = usePart((s) => Boolean(regionOf(s)?.base_map));
  const offered = LAYERS.filter((layer) => layer !== 'base' || hasBaseMap);
  return (
    <div class="layers">
      <IconButton
        label={t('layers')}
        icon="layers"
        expanded={isOpen}
        onClick={() => dispatch({ is: 'layersSwitched' })}
      />
      {isOpen && (
        <fieldset>
          <legend>{t('layers')}</legend>
          {offered.map((layer) => (
            <label key={layer} class="check">
              <input
                type="checkbox"
                checked={layers.includes(layer)}
                onChange={() => dispatch({ is: 'layerSwitched', layer })}
              />
              <span>{t(`layer_${layer}` as Key)}</span>
            </label>
          ))}
          <label class="opacity">
            <span>
              {t('opacity')} <span aria-hidden="true">{opacity}</span>
            </span>
            <input
              type="range"
              min={OPACITY.least}
              max={OPACITY.most}
              step={OPACITY.step}
              value={opacity_pct}
              aria-valuetext={opacity}
              disabled={!layers.includes('banks') && !layers.includes('villages')}
              onInput={(e) => dispatch({ is: 'opacitySet', opacity_pct: e.currentTarget.valueAsNumber })}
            />
          </label>
        </fieldset>
      )}
    </div>
  );
}

/** While the next tap does something else than asking, it is said above the map. */
function ModeBar() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const mode = usePart((s) => s.mode);
  if (mode.what === 'look') return <PutHereButton />;
  return (
    <Bar>
      <p role="status">
        <b>{mode.what === 'put' ? t('whatIfPutting') : t('whatIfMoving', { letter: mode.letter })}</b>
        <small>{t('whatIfPuttingKeys')}</small>
      </p>
      <button
        type="button"
        class="button is-small"
        onClick={() => dispatch({ is: 'modeSet', mode: { what: 'look' } })}
      >
        {t('whatIfCancel')}
      </button>
    </Bar>
  );
}

function Bar({ children }: { children: ComponentChildren }) {
  return <div class="mode-bar">{children}</div>;
}

function PutHereButton() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const isFull = usePart((s) => s.scenario.whatIfs.length >= 26);
  if (isFull) return null;
  return (
    <button
      type="button"
      class="put-button"
      onClick={() => {
        dispatch({ is: 'modeSet', mode: { what: 'put' } });
        deeds.focusMap();
      }}
    >
      <span class="plus" aria-hidden="true">
        ＋
      </span>
      {t('whatIfPut')} <KeySign name="N" />
    </button>
  );
}
