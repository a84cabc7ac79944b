// The map's style as data, made from the table of classes that the legend is made from, too.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { FAR, NO_WAY, PALETTE, VERY_FAR, VILLAGE_SHADES, WITHIN } from '../shared/classes.ts';
import type { Kind } from '../shared/contract.ts';
import type { Layer } from '../shared/layers.ts';
import { inOrder, type Part } from './parts.ts';
import type { Scene } from './scene.ts';

type Asked = Pick<Scene, 'limit_m' | 'warn_m' | 'kinds'>;

export const FONT = [
  'Map Latin',
  'PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif',
];
const NEVER = 1e9;

/** Meters on foot to the nearest of these kinds; `NEVER` where none can get there. */
export function reachOf(kinds: readonly Kind[]): ExpressionSpecification {
  const reaches = kinds.map((kind): ExpressionSpecification => ['coalesce', ['get', kind], NEVER]);
  const [first, ...rest] = reaches;
  if (first === undefined) return ['to-number', NEVER];
  return rest.length === 0 ? first : ['min', first, ...rest];
}

/** One value per class: within the limit, beyond it, beyond the warning limit, no way at all. */
function byClass<V extends string | number>(
  asked: Asked,
  values: readonly [V, V, V, V],
): ExpressionSpecification {
  const reach = reachOf(asked.kinds);
  return [
    'case',
    ['<=', reach, asked.limit_m],
    values[0],
    ['<=', reach, asked.warn_m],
    values[1],
    ['<', reach, NEVER],
    values[2],
    values[3],
  ];
}

const CLASSES = [WITHIN, FAR, VERY_FAR, NO_WAY] as const;
const colors = CLASSES.map((c) => c.color) as unknown as readonly [string, string, string, string];

function widths(asked: Asked, scale: number, more: number): ExpressionSpecification {
  const [a, b, c, d] = CLASSES.map((one) => one.width * scale + more);
  return byClass(asked, [a ?? 0, b ?? 0, c ?? 0, d ?? 0]);
}

function bankWidth(asked: Asked, more: number): ExpressionSpecification {
  return [
    'interpolate',
    ['linear'],
    ['zoom'],
    9,
    widths(asked, 0.4, more / 2),
    13,
    widths(asked, 0.8, more),
    15,
    widths(asked, 1, more),
  ];
}

/** The paint of the banks, by what is asked: all that a move of the limit changes. */
export function bankPaint(asked: Asked) {
  const isGray = asked.kinds.length === 0;
  return {
    casing: bankWidth(asked, 2),
    color: isGray ? '#6b7280' : byClass(asked, colors),
    width: isGray ? 2 : bankWidth(asked, 0),
    order: byClass(asked, [0, 1, 2, 3]),
    hasWay: isGray ? true : (['<', reachOf(asked.kinds), NEVER] satisfies ExpressionSpecification),
    hasNoWay: isGray ? false : (['>=', reachOf(asked.kinds), NEVER] satisfies ExpressionSpecification),
  };
}

const byZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as ExpressionSpecification;

/** How banks and villages cover what is below them: all that a move of the opacity changes. */
export function opacityPaint(opacity_pct: number) {
  const share = opacity_pct / 100;
  return {
    banks: share,
    // Round ends of neighbors lie on each other: seen through, they would be a row of dark dots.
    ends: share < 1 ? ('butt' as const) : ('round' as const),
    villages: byZoom(10, 0.35 * share, 12, 0.28 * share, 15, 0.14 * share),
  };
}

export function villageShade(): ExpressionSpecification {
  const share: ExpressionSpecification = ['coalesce', ['feature-state', 'share'], -1];
  const [first, ...rest] = VILLAGE_SHADES;
  const steps = rest.flatMap(({ color }, i) => [VILLAGE_SHADES[i]?.upTo ?? 1, color]);
  return [
    'case',
    ['<', share, 0],
    'rgba(0,0,0,0)',
    ['step', share, first?.color ?? '#fff', ...steps],
  ] as ExpressionSpecification;
}

/** A village's name with its share below, when the share is known. */
export function villageText(texts: Scene['villages']): ExpressionSpecification {
  const shares = Object.fromEntries([...texts].map(([id, { text }]) => [id, text]));
  const text: ExpressionSpecification = [
    'coalesce',
    ['get', ['to-string', ['get', 'id']], ['literal', shares]],
    '',
  ];
  return [
    'format',
    ['get', 'name'],
    {},
    ['case', ['==', text, ''], '', ['concat', '\n', text]],
    { 'font-scale': 0.85 },
  ];
}

/** Which layers of the style a switch of the layers panel turns. */
export const SWITCHED: Record<Layer, readonly Part[]> = {
  banks: ['bank-casing', 'banks', 'banks-no-way'],
  villages: ['village-fill', 'village-line'],
  equipment: ['equipment-dots', 'equipment'],
  crossings: ['crossings'],
  names: ['water-names', 'village-names'],
  ground: ['buildings', 'path-casing', 'paths'],
  base: ['base'],
};

/** The map takes an attribution for HTML; a configured one is only text. */
function asText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export function style(scene: Scene, font: string): StyleSpecification {
  const address = scene.tiles?.address ?? '';
  return {
    version: 8,
    // No glyph server: Latin letters and digits from one file, all else from the reader's own fonts.
    'font-faces': { 'Map Latin': [{ url: font, 'unicode-range': ['U+0020-024F'] }] },
    sources: {
      region: {
        type: 'vector',
        tiles: [address],
        minzoom: 5,
        maxzoom: 16,
        promoteId: { villages: 'id' },
        attribution: scene.tiles?.attribution ?? '',
        ...(scene.tiles === null ? {} : { bounds: scene.tiles.bounds }),
      },
      ...(scene.base === null
        ? {}
        : {
            base: {
              type: 'raster' as const,
              tiles: [scene.base.tiles],
              tileSize: 256,
              attribution: asText(scene.base.attribution),
            },
          }),
      marks: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: inOrder(layersOf(scene)),
  };
}

function layersOf(scene: Scene): LayerSpecification[] {
  const region = (layer: string) => ({ source: 'region', 'source-layer': layer }) as const;
  const paint = bankPaint(scene);
  const opacity = opacityPaint(scene.opacity_pct);
  const isMark = (what: string): ExpressionSpecification => ['==', ['get', 'what'], what];
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const marks = { source: 'marks' } as const;
  const isArea: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
  const layers: LayerSpecification[] = [
    { id: 'land', type: 'background', paint: { 'background-color': PALETTE.land } },
    ...(scene.base === null ? [] : [{ id: 'base', type: 'raster', source: 'base' } as const]),
    {
      id: 'water',
      type: 'fill',
      ...region('water'),
      filter: isArea,
      paint: { 'fill-color': PALETTE.water },
    },
    {
      id: 'water-line',
      type: 'line',
      ...region('water'),
      filter: ['!', isArea],
      layout: round,
      paint: { 'line-color': PALETTE.water, 'line-width': byZoom(9, 0.6, 14, 2.5, 17, 6) },
    },
    {
      id: 'buildings',
      type: 'fill',
      ...region('buildings'),
      minzoom: 14,
      paint: { 'fill-color': PALETTE.building, 'fill-outline-color': '#cbc4b8' },
    },
    {
      id: 'path-casing',
      type: 'line',
      ...region('paths'),
      minzoom: 12,
      layout: round,
      paint: { 'line-color': PALETTE.pathCasing, 'line-width': byZoom(12, 1.4, 15, 4.4, 17, 8) },
    },
    {
      id: 'paths',
      type: 'line',
      ...region('paths'),
      layout: round,
      paint: {
        'line-color': ['step', ['zoom'], PALETTE.pathCasing, 12, PALETTE.path],
        'line-width': byZoom(9, 0.5, 12, 0.8, 15, 3, 17, 6.5),
        'line-opacity': byZoom(9, 0.5, 12, 1),
      },
    },
    {
      id: 'village-fill',
      type: 'fill',
      ...region('villages'),
      paint: { 'fill-color': villageShade(), 'fill-opacity': opacity.villages },
    },
    {
      id: 'village-line',
      type: 'line',
      ...region('villages'),
      paint: {
        'line-color': PALETTE.villageLine,
        'line-opacity': 0.55,
        'line-width': byZoom(9, 0.6, 14, 1.4),
        'line-dasharray': [4, 2],
      },
    },
    {
      id: 'gap-halo',
      type: 'line',
      ...marks,
      filter: isMark('gap'),
      layout: round,
      paint: { 'line-color': PALETTE.chosen, 'line-width': byZoom(9, 8, 15, 16), 'line-opacity': 0.95 },
    },
    {
      id: 'bank-casing',
      type: 'line',
      ...region('banks'),
      minzoom: 11,
      layout: { 'line-cap': opacity.ends, 'line-join': 'round' },
      paint: { 'line-color': PALETTE.casing, 'line-width': paint.casing, 'line-opacity': opacity.banks },
    },
    {
      id: 'banks',
      type: 'line',
      ...region('banks'),
      filter: paint.hasWay,
      layout: { 'line-cap': opacity.ends, 'line-join': 'round', 'line-sort-key': paint.order },
      paint: { 'line-color': paint.color, 'line-width': paint.width, 'line-opacity': opacity.banks },
    },
    {
      id: 'banks-no-way',
      type: 'line',
      ...region('banks'),
      filter: paint.hasNoWay,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': NO_WAY.color,
        'line-width': byZoom(9, NO_WAY.width * 0.4, 13, NO_WAY.width * 0.8, 15, NO_WAY.width),
        'line-dasharray': [...(NO_WAY.dash ?? [1, 0])],
        'line-opacity': opacity.banks,
      },
    },
    {
      id: 'village-hover',
      type: 'line',
      ...region('villages'),
      filter: ['==', ['get', 'id'], scene.hovered ?? ''],
      paint: { 'line-color': PALETTE.villageLine, 'line-width': 3 },
    },
    {
      id: 'village-chosen',
      type: 'line',
      ...region('villages'),
      filter: ['==', ['get', 'id'], scene.village ?? ''],
      paint: { 'line-color': '#4a2a68', 'line-width': 3.5 },
    },
    {
      id: 'water-names',
      type: 'symbol',
      ...region('labels'),
      filter: ['==', ['get', 'class'], 'water'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': byZoom(10, 11, 15, 14),
        'symbol-sort-key': ['coalesce', ['get', 'rank'], 0],
      },
      paint: { 'text-color': '#1f5670', 'text-halo-color': PALETTE.halo, 'text-halo-width': 1.4 },
    },
    {
      id: 'village-names',
      type: 'symbol',
      ...region('labels'),
      filter: ['==', ['get', 'class'], 'village'],
      layout: {
        'text-field': villageText(scene.villages),
        'text-font': FONT,
        'text-size': byZoom(8, 11, 13, 14),
        'text-line-height': 1.25,
        'symbol-sort-key': ['coalesce', ['get', 'rank'], 0],
      },
      paint: { 'text-color': '#3b2352', 'text-halo-color': PALETTE.halo, 'text-halo-width': 1.8 },
    },
    {
      id: 'crossings',
      type: 'symbol',
      ...region('crossings'),
      minzoom: 12,
      layout: {
        'icon-image': ['concat', 'crossing-', ['coalesce', ['get', 'state'], 'open']],
        'icon-allow-overlap': true,
        'icon-size': byZoom(12, 0.5, 16, 1),
      },
    },
    {
      id: 'equipment-dots',
      type: 'circle',
      ...region('equipment'),
      maxzoom: 13,
      paint: {
        'circle-radius': byZoom(9, 1.8, 13, 4),
        'circle-color': ['case', ['==', ['get', 'condition'], 'usable'], PALETTE.route, '#ffffff'],
        'circle-stroke-color': ['case', ['==', ['get', 'condition'], 'usable'], '#ffffff', '#6b7280'],
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'equipment',
      type: 'symbol',
      ...region('equipment'),
      minzoom: 13,
      layout: {
        'icon-image': [
          'concat',
          ['get', 'kind'],
          ['case', ['==', ['get', 'condition'], 'usable'], '-usable', '-other'],
        ],
        'icon-allow-overlap': true,
        'icon-size': byZoom(13, 0.55, 16, 1),
      },
    },
    {
      id: 'straight',
      type: 'line',
      ...marks,
      filter: isMark('straight'),
      paint: { 'line-color': '#4b5563', 'line-width': 2, 'line-dasharray': [2, 2] },
    },
    {
      id: 'route-casing',
      type: 'line',
      ...marks,
      filter: isMark('route'),
      layout: round,
      paint: { 'line-color': '#ffffff', 'line-width': 7 },
    },
    {
      id: 'route',
      type: 'line',
      ...marks,
      filter: isMark('route'),
      layout: round,
      paint: { 'line-color': PALETTE.route, 'line-width': 3.5 },
    },
    {
      id: 'piece',
      type: 'circle',
      ...marks,
      filter: isMark('piece'),
      paint: {
        'circle-radius': 15,
        'circle-color': 'rgba(255,210,63,0.25)',
        'circle-stroke-color': PALETTE.route,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'place',
      type: 'circle',
      ...marks,
      filter: isMark('place'),
      paint: {
        'circle-radius': 6,
        'circle-color': PALETTE.chosen,
        'circle-stroke-color': PALETTE.route,
        'circle-stroke-width': 2.5,
      },
    },
  ];
  const hidden = new Set<string>(
    Object.entries(SWITCHED).flatMap(([layer, parts]) =>
      scene.layers.includes(layer as Layer) ? [] : parts,
    ),
  );
  return layers.map((layer) =>
    hidden.has(layer.id)
      ? ({ ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification)
      : layer,
  );
}
