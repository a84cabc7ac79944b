// Where to say that the map is wrong at a place: a note at OpenStreetMap, whose mappers can put it right.
import type { LonLat } from '../../shared/contract.ts';
import { regionOf } from '../state.ts';
import { usePart, useWords } from './planner.ts';

export function WrongData({ at }: { at: LonLat }) {
  const t = useWords();
  // A note about an invented place, or about another map's data, would only cost the mappers their time.
  const isTheirs = usePart((s) => {
    const region = regionOf(s);
    return region?.invented === false && (region.attribution?.includes('OpenStreetMap') ?? false);
  });
  if (!isTheirs) return null;
  return (
    <a
      class="link"
      href={noteAddress(at)}
      target="_blank"
      rel="noopener noreferrer"
      title={t('wrongDataHow')}
    >
      {t('wrongData')} <span aria-hidden="true">↗</span>
    </a>
  );
}

/** Where OpenStreetMap takes a note about this place, with its map open there. */
function noteAddress([lon, lat]: LonLat): string {
  const [y, x] = [lat.toFixed(5), lon.toFixed(5)];
  return `https://www.openstreetmap.org/note/new?lat=${y}&lon=${x}#map=18/${y}/${x}`;
}
