// Where a piece must stand: tapped on the map or typed, listed, taken away.
import { useEffect } from 'preact/hooks';
import { placeFromText, placeText } from '../../../../../shared/places.ts';
import { PlaceField } from '../../../../panels/PlaceField.tsx';
import { Icon } from '../../../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../../../panels/planner.ts';
import { regionOf } from '../../../../state.ts';
import { usePlaced, usePlacing } from '../context.ts';
import { Named } from './Named.tsx';

export function Required() {
  const t = useWords();
  const { deeds } = usePlanner();
  const can = usePlacing();
  const required = usePlaced((s) => s.wish.required);
  const picks = usePlaced((s) => s.picks);
  const hasMap = usePart((s) => s.map === 'there');
  const area = usePart((s) => regionOf(s)?.bounds ?? null);
  // Whoever looks elsewhere does not go on choosing.
  useEffect(() => () => can.pick(false), []);
  return (
    <section class="wish" aria-label={t('deskWishMust')}>
      <h3>{t('deskWishMust')}</h3>
      <p class="hint">{t('deskWishMustHint')}</p>
      {hasMap && (
        <button
          type="button"
          class="button"
          aria-pressed={picks}
          onClick={() => {
            can.pick(!picks);
            if (!picks) deeds.focusMap();
          }}
        >
          <Icon name="pin" /> {t('deskWishMustPick')}
        </button>
      )}
      <PlaceField
        label={t('whatIfAdd')}
        action={t('deskWishMustAdd')}
        start=""
        read={(text) => placeFromText(text, area)}
        give={can.require}
      />
      <ul class="desk-rows" aria-label={t('deskWishMust')}>
        {required.map((at) => (
          <li key={placeText(at)}>
            <span>{placeText(at)}</span>
            <Named
              name={placeText(at)}
              at={at}
              forget={() => can.wish({ required: required.filter((one) => one !== at) })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
