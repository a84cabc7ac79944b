// What can be done with a place that is named in a list: see it on the map, take it off the list.
import type { LonLat } from '../../../../../shared/contract.ts';
import { IconButton } from '../../../../panels/parts.tsx';
import { usePlanner, useWords } from '../../../../panels/planner.ts';

export function Named(props: { name: string; at: LonLat; forget(): void }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const [lon, lat] = props.at;
  return (
    <span class="placing-do">
      <button
        type="button"
        class="button is-small"
        aria-label={t('deskWishShowOf', { name: props.name })}
        onClick={() => dispatch({ is: 'waterPicked', bounds: [lon, lat, lon, lat] })}
      >
        {t('deskWishShow')}
      </button>
      <IconButton label={t('deskWishForgetOf', { name: props.name })} icon="trash" onClick={props.forget} />
    </span>
  );
}
