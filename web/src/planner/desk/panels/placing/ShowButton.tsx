// Shows a place on the map.
import type { LonLat } from '../../../../shared/contract.ts';
import { usePlanner, useWords } from '../../../panels/planner.ts';

export function ShowButton({ at: [lon, lat], label }: { at: LonLat; label: string }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  return (
    <button
      type="button"
      class="button is-small"
      aria-label={label}
      onClick={() => dispatch({ is: 'waterPicked', bounds: [lon, lat, lon, lat] })}
    >
      {t('deskSiteShow')}
    </button>
  );
}
