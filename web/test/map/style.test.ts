import { createExpression, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { inOrder, PARTS } from '../../src/map/parts.ts';
import type { Scene } from '../../src/map/scene.ts';
import { bankPaint, opacityPaint, SWITCHED, style } from '../../src/map/style.ts';
import { REACH_CLASSES } from '../../src/shared/classes.ts';
import { KINDS, type Kind } from '../../src/shared/contract.ts';
import { LAYERS } from '../../src/shared/layers.ts';

const scene: Scene = {
  tiles: {
    region: 'here',
    address: 'http://localhost/tiles/here/{z}/{x}/{y}.mvt?v=1',
    attribution: '© OpenStreetMap contributors',
    bounds: [9.4, 47, 9.7, 47.3],
    returns: 0,
  },
  base: { tiles: 'http://localhost/{z}/{x}/{y}.png', attribution: 'Somebody <else>' },
  limit_m: 50,
  warn_m: 100,
  kinds: ['pole', 'ring', 'rope'],
  layers: LAYERS,
  opacity_pct: 100,
  villages: new Map([['r1', { share: 0.5, text: '50%' }]]),
  village: null,
  hovered: null,
  pins: [],
  changed: [],
  proposed: [],
  changed_since_ms: null,
  gap: null,
  place: null,
  piece: null,
  route: null,
  straight: null,
  aim: null,
  camera: null,
  is_placing: false,
  covered_px: 0,
};

const drawn = (over: Partial<Scene>) => style({ ...scene, ...over }, 'http://localhost/noto.woff2');

describe('the style', () => {
  it.each<[string, Partial<Scene>]>([
    ['as it opens', {}],
    ['with one kind', { kinds: ['pole'] }],
    ['with no kind', { kinds: [] }],
    ['with all kinds', { kinds: KINDS }],
    ['with nothing switched on', { layers: [] }],
    ['with faint banks and villages', { opacity_pct: 20 }],
  ])('is valid %s', (_, over) => {
    expect(validateStyleMin(drawn(over))).toEqual([]);
  });

  it('has every layer in its place, and knows no other', () => {
    expect(drawn({}).layers.map(({ id }) => id)).toEqual([...PARTS]);
    expect(() => inOrder([{ id: 'stray' }])).toThrow('stray');
  });

  it('hides what is switched off, and nothing else', () => {
    const hidden = drawn({ layers: LAYERS.filter((layer) => layer !== 'equipment') })
      .layers.filter((layer) => layer.layout?.visibility === 'none')
      .map(({ id }) => id);
    expect(hidden).toEqual(SWITCHED.equipment);
  });

  it('asks for no glyph server', () => {
    expect(drawn({}).glyphs).toBeUndefined();
  });
});

describe('a bank’s color', () => {
  const color = (reaches: Partial<Record<Kind, number>>, over: Partial<Scene> = {}) => {
    const made = createExpression(bankPaint({ ...scene, ...over }).color, 'layers[0].paint.line-color');
    if (made.result !== 'success') throw new Error('not an expression');
    const feature = { type: 'LineString', properties: reaches } as const;
    return made.value.evaluate({ zoom: 14 }, feature as never);
  };
  const [within, far, veryFar, noWay] = REACH_CLASSES.map((one) => one.color);

  it('is of the class of the nearest kind that counts', () => {
    expect(color({ pole: 300, ring: 40 })).toBe(within);
    expect(color({ pole: 300, ring: 40 }, { kinds: ['pole'] })).toBe(veryFar);
    expect(color({ aed: 10 })).toBe(noWay);
  });

  it('is within reach at the limit itself', () => {
    expect(color({ pole: 50 })).toBe(within);
    expect(color({ pole: 51 })).toBe(far);
    expect(color({ pole: 100 })).toBe(far);
    expect(color({ pole: 101 })).toBe(veryFar);
  });

  it('follows the limit', () => {
    expect(color({ pole: 120 }, { limit_m: 120, warn_m: 240 })).toBe(within);
  });
});

describe('the opacity', () => {
  const villages = (opacity_pct: number, zoom: number) => {
    const made = createExpression(opacityPaint(opacity_pct).villages, 'layers[0].paint.fill-opacity');
    if (made.result !== 'success') throw new Error('not an expression');
    return made.value.evaluate({ zoom });
  };

  it('lets villages fade as one comes nearer, whatever it is', () => {
    expect(villages(100, 10)).toBeCloseTo(0.35);
    expect(villages(100, 15)).toBeCloseTo(0.14);
    expect(villages(50, 10)).toBeCloseTo(0.175);
    expect(villages(50, 15)).toBeCloseTo(0.07);
  });

  it('is of banks and villages, and of nothing else', () => {
    const paints = (opacity_pct: number) =>
      new Map(drawn({ opacity_pct }).layers.map(({ id, paint }) => [id, JSON.stringify(paint)]));
    const [full, faint] = [paints(100), paints(40)];
    const changed = [...full.keys()].filter((id) => full.get(id) !== faint.get(id));
    expect(changed).toEqual(['village-fill', ...SWITCHED.banks]);
  });

  it('lets no bank lie on the end of its neighbor where one sees through', () => {
    const ends = (opacity_pct: number) =>
      drawn({ opacity_pct })
        .layers.filter(({ id }) => id === 'bank-casing' || id === 'banks')
        .map(({ layout }) => layout && 'line-cap' in layout && layout['line-cap']);
    expect(ends(100)).toEqual(['round', 'round']);
    expect(ends(90)).toEqual(['butt', 'butt']);
  });
});

describe('the base map of somebody else', () => {
  it('lies under all but the bare land, and its attribution is text', () => {
    const made = style(scene, 'font.woff2');
    expect(made.layers.map(({ id }) => id).slice(0, 2)).toEqual(['land', 'base']);
    expect(made.sources.base).toMatchObject({ type: 'raster', attribution: 'Somebody &lt;else>' });
  });

  it('is not there where none is configured', () => {
    const made = style({ ...scene, base: null }, 'font.woff2');
    expect(made.sources.base).toBeUndefined();
    expect(made.layers.some(({ id }) => id === 'base')).toBe(false);
  });
});
