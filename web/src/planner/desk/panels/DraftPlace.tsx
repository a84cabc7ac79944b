// Where the thing stands that is being edited: as coordinates, by a tap on the map, or by the pin that can be dragged.
import { placeFromText, placeText } from '../../../shared/places.ts';
import { PlaceField } from '../../panels/PlaceField.tsx';
import { Icon } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';

export function DraftPlace() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const marked = usePart((s) => s.marked);
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  if (marked === null) return null;
  return (
    <div class="desk-place">
      <PlaceField
        key={placeText(marked)}
        label={t('deskPlace')}
        start={placeText(marked)}
        read={(text) => placeFromText(text, area)}
        give={(at) => dispatch({ is: 'marked', at })}
      />
      {hasMap && (
        <>
          <button
            type="button"
            class="button"
            onClick={() => {
              dispatch({ is: 'modeSet', mode: { what: 'mark' } });
              deeds.focusMap();
            }}
          >
            <Icon name="move" /> {t('deskPlaceOnMap')}
          </button>
          <p class="hint">{t('deskPlaceDrag')}</p>
        </>
      )}
    </div>
  );
}
