// What only whoever plans does on the map: taps what stands there, tries poles, takes pictures of it. Others need not fetch it.
import { type Map as Chart, GeolocateControl, type PointLike } from 'maplibre-gl';
import type { LonLat } from '../shared/contract.ts';
import { picture } from './picture.ts';
import { type PinHooks, Pins } from './pins.ts';
import type { Pin, Scene } from './scene.ts';

/** What stands under a finger. */
export interface Thing {
  readonly what: 'piece' | 'crossing';
  readonly id: string;
}

export interface PlanningHooks extends PinHooks {
  tapped(at: LonLat, thing: Thing | null): void;
}

export interface Plans {
  show(pins: readonly Pin[]): void;
  picture(overlay: HTMLCanvasElement, scene: Scene): Promise<Blob>;
}
export type Planning = (chart: Chart, isPlacing: () => boolean) => Plans;

/** Half of the least size of a target for a finger. */
const NEAR_PX = 22;

export const planningWith =
  (hooks: PlanningHooks): Planning =>
  (chart, isPlacing) => {
    // A volunteer's page has a button of its own for it.
    chart.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true } }), 'top-right');
    const pins = new Pins(chart, hooks);
    chart.on('click', ({ lngLat, point }) => {
      const thing = isPlacing() ? null : thingNear(chart, point.x, point.y);
      hooks.tapped([lngLat.lng, lngLat.lat], thing);
    });
    chart.getCanvas().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const { lng, lat } = chart.getCenter();
      hooks.tapped([lng, lat], null);
    });
    return {
      show: (all) => pins.show(all),
      picture: (overlay, scene) => picture(chart, overlay, scene),
    };
  };

function thingNear(chart: Chart, x: number, y: number): Thing | null {
  const box: [PointLike, PointLike] = [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
  const layers = ['equipment', 'equipment-dots', 'crossings'].filter((id) => chart.getLayer(id));
  const near = chart.queryRenderedFeatures(box, { layers }).map((feature) => {
    const [lon = 0, lat = 0] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : [];
    const at = chart.project([lon, lat]);
    const what = feature.layer.id === 'crossings' ? ('crossing' as const) : ('piece' as const);
    return { what, id: String(feature.properties.id), px: Math.hypot(at.x - x, at.y - y) };
  });
  near.sort((a, b) => a.px - b.px);
  const nearest = near[0];
  return nearest === undefined ? null : { what: nearest.what, id: nearest.id };
}
