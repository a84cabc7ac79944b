// What stands on a map that is there: its layers, its legend, what the next tap does.
import type { ComponentChildren } from 'preact';
import { LAYERS, OPACITY } from '../../shared/layers.ts';
import type { Key, Words } from '../../shared/words.ts';
import { type Mode, regionOf } from '../state.ts';
import { IconButton, KeySign } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export { Legend } from './Legend.tsx';

export function LayersPanel() {
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
export function ModeBar() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const mode = usePart((s) => s.mode);
  if (mode.what === 'look') return <PutHereButton />;
  return (
    <Bar>
      <p role="status">
        <b>{modeText(t, mode)}</b>
        <small>{t(mode.what === 'sketch' ? 'deskSketchingKeys' : 'whatIfPuttingKeys')}</small>
      </p>
      <button
        type="button"
        class="button is-small"
        onClick={() => dispatch({ is: 'modeSet', mode: { what: 'look' } })}
      >
        {t(mode.what === 'sketch' ? 'deskSketchRest' : 'whatIfCancel')}
      </button>
    </Bar>
  );
}

function modeText(t: Words, mode: Exclude<Mode, { what: 'look' }>): string {
  switch (mode.what) {
    case 'put':
      return t('whatIfPutting');
    case 'move':
      return t('whatIfMoving', { letter: mode.letter });
    case 'mark':
      return t('marking');
    case 'sketch':
      return t('deskSketching');
  }
}

function Bar({ children }: { children: ComponentChildren }) {
  return <div class="mode-bar">{children}</div>;
}

function PutHereButton() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const isFull = usePart((s) => s.scenario.whatIfs.length >= 26);
  const isEditing = usePart((s) => s.marked !== null);
  if (isFull || isEditing) return null;
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
