// The map's part of the page, fetched when a region is known: the map itself, what it shows of the state, its words.
export { openBar } from './bar/effects.ts';

import { type PlanningHooks, planningWith } from '../map/planning.ts';
import type { Scene } from '../map/scene.ts';
import { type Hooks, openMap as open } from '../map/view.ts';
import type { Words } from '../shared/words.ts';

export { pinHooks } from './pinHooks.ts';
export { sceneMaker } from './seen.ts';

export const openMap = (
  box: HTMLElement,
  first: Scene,
  locale: Record<string, string>,
  hooks: Hooks & PlanningHooks,
) => open(box, first, locale, hooks, planningWith(hooks));

/** MapLibre's own words. */
export function mapWords(t: Words): Record<string, string> {
  return {
    'Map.Title': t('mapLabel'),
    'Marker.Title': t('legendWhatIf'),
    'NavigationControl.ZoomIn': t('zoomIn'),
    'NavigationControl.ZoomOut': t('zoomOut'),
    'GeolocateControl.FindMyLocation': t('locate'),
    'GeolocateControl.LocationNotAvailable': t('locateNot'),
    'AttributionControl.ToggleAttribution': t('attribution'),
    'ScaleControl.Meters': t.language === 'zh' ? '米' : 'm',
    'ScaleControl.Kilometers': t.language === 'zh' ? '公里' : 'km',
  };
}
