// The address is the view, both ways: `#map=14.2/47.14/9.52&region=…&village=…&sel=gap:…&limit=100&kinds=pole,ring`.
// Unknown keys are kept, bad values dropped without a word.
import { KINDS, type Kind, type LonLat } from './contract.ts';
import { type Camera, LAYERS, type Layer, OPACITY } from './layers.ts';

export type Selection =
  | { readonly what: 'gap'; readonly id: string }
  | { readonly what: 'piece'; readonly id: string }
  | { readonly what: 'crossing'; readonly id: string }
  | { readonly what: 'place'; readonly at: LonLat }
  | { readonly what: 'whatIf'; readonly letter: string };

/** What an address says; `null` where it says nothing (or nothing sensible). */
export interface View {
  readonly camera: Camera | null;
  readonly region: string | null;
  readonly village: string | null;
  readonly selection: Selection | null;
  readonly limit_m: number | null;
  readonly kinds: readonly Kind[] | null;
  readonly any_condition: boolean;
  readonly layers: readonly Layer[] | null;
  readonly opacity_pct: number | null;
  readonly whatIfs: readonly { letter: string; kind: Kind; at: LonLat; moves?: string }[];
  readonly shows_before: boolean;
}

export const LIMIT = { least: 20, most: 500, step: 10 } as const;
const OURS = ['map', 'region', 'village', 'sel', 'limit', 'kinds', 'any', 'layers', 'opacity', 'try', 'show'];

export function viewFromHash(hash: string): View {
  const keys = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    camera: cameraFrom(keys.get('map')),
    region: idFrom(keys.get('region')),
    village: idFrom(keys.get('village')),
    selection: selectionFrom(keys.get('sel')),
    limit_m: wholeFrom(keys.get('limit'), LIMIT),
    kinds: someOf(KINDS, keys.get('kinds')),
    any_condition: keys.get('any') === '1',
    layers: someOf(LAYERS, keys.get('layers')),
    opacity_pct: wholeFrom(keys.get('opacity'), OPACITY),
    whatIfs: whatIfsFrom(keys.get('try')),
    shows_before: keys.get('show') === 'before',
  };
}

export function hashFromView(view: View, old: string): string {
  const keys = new URLSearchParams(old.replace(/^#/, ''));
  const strangers = [...keys].filter(([key]) => !OURS.includes(key));
  const pairs: [string, string][] = [];
  const say = (key: string, value: string | null) => value !== null && pairs.push([key, value]);
  const { camera } = view;
  say('map', camera && `${round(camera.zoom, 2)}/${round(camera.lat, 5)}/${round(camera.lon, 5)}`);
  say('region', view.region);
  say('village', view.village);
  say('sel', view.selection && selectionText(view.selection));
  say('limit', view.limit_m === null ? null : String(view.limit_m));
  say('kinds', view.kinds && (view.kinds.join(',') || 'none'));
  say('any', view.any_condition ? '1' : null);
  say('layers', view.layers && (view.layers.join(',') || 'none'));
  say('opacity', view.opacity_pct === null ? null : String(view.opacity_pct));
  say('try', view.whatIfs.length === 0 ? null : view.whatIfs.map(whatIfText).join(';'));
  say('show', view.shows_before ? 'before' : null);
  const text = [...pairs, ...strangers].map(([key, value]) => `${key}=${legible(value)}`);
  return `#${text.join('&')}`;
}

/** Percent-encodes only what would break the address: it is read and typed by people. */
function legible(value: string): string {
  return encodeURIComponent(value).replace(/%(?:2F|2C|3A|3B|40)/g, decodeURIComponent);
}

/** What an address says once, such as the word of an invitation's link, and the address without it. */
export function onceIn(hash: string, key: 'invitation' | 'signin'): { word: string; rest: string } | null {
  const keys = new URLSearchParams(hash.replace(/^#/, ''));
  const word = keys.get(key);
  if (word === null) return null;
  const others = hash
    .replace(/^#/, '')
    .split('&')
    .filter((pair) => !pair.startsWith(`${key}=`));
  return { word: word.slice(0, 200), rest: others.length === 0 ? '' : `#${others.join('&')}` };
}

const round = (n: number, digits: number) => Number(n.toFixed(digits));

function numberFrom(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return null;
  const n = Number(text);
  return least <= n && n <= most ? n : null;
}

function cameraFrom(text: string | null): Camera | null {
  const [z, y, x, ...rest] = text?.split('/') ?? [];
  const zoom = numberFrom(z, 0, 24);
  const lat = numberFrom(y, -85, 85);
  const lon = numberFrom(x, -180, 180);
  return zoom === null || lat === null || lon === null || rest.length > 0 ? null : { zoom, lat, lon };
}

function placeFrom(text: string): LonLat | null {
  const [x, y, ...rest] = text.split(',');
  const lon = numberFrom(x, -180, 180);
  const lat = numberFrom(y, -90, 90);
  return lon === null || lat === null || rest.length > 0 ? null : [lon, lat];
}

const idFrom = (text: string | null) =>
  text !== null && 0 < text.length && text.length <= 200 ? text : null;

function wholeFrom(text: string | null, { least, most }: { least: number; most: number }): number | null {
  const n = numberFrom(text ?? undefined, least, most);
  return n === null ? null : Math.round(n);
}

function someOf<T extends string>(all: readonly T[], text: string | null): readonly T[] | null {
  if (text === null) return null;
  if (text === 'none') return [];
  const said = text.split(',');
  const known = all.filter((one) => said.includes(one));
  return known.length === 0 ? null : known;
}

function selectionFrom(text: string | null): Selection | null {
  const match = /^(gap|piece|crossing|at|whatif):(.{1,200})$/.exec(text ?? '');
  const rest = match?.[2];
  if (rest === undefined) return null;
  switch (match?.[1]) {
    case 'gap':
      return { what: 'gap', id: rest };
    case 'piece':
      return { what: 'piece', id: rest };
    case 'crossing':
      return { what: 'crossing', id: rest };
    case 'whatif':
      return LETTER.test(rest) ? { what: 'whatIf', letter: rest } : null;
    default: {
      const at = placeFrom(rest);
      return at && { what: 'place', at };
    }
  }
}

function selectionText(selection: Selection): string {
  switch (selection.what) {
    case 'gap':
      return `gap:${selection.id}`;
    case 'piece':
      return `piece:${selection.id}`;
    case 'crossing':
      return `crossing:${selection.id}`;
    case 'whatIf':
      return `whatif:${selection.letter}`;
    case 'place':
      return `at:${placeForAddress(selection.at)}`;
  }
}

/** A to Z, then AA to CZ. */
const LETTER = /^[A-C]?[A-Z]$/;

export const inOrder = (a: { letter: string }, b: { letter: string }) =>
  a.letter.length - b.letter.length || (a.letter < b.letter ? -1 : 1);

const placeForAddress = ([lon, lat]: LonLat) => `${round(lon, 7)},${round(lat, 7)}`;

/** An id may hold what parts the what-ifs, but never the end of a line. */
const whatIfText = ({ letter, kind, at, moves }: View['whatIfs'][number]) =>
  `${letter}:${kind}:${placeForAddress(at)}${moves ? `:${moves.replaceAll(';', '\n')}` : ''}`;

function whatIfsFrom(text: string | null): View['whatIfs'] {
  const tried = new Map<string, View['whatIfs'][number]>();
  for (const part of text?.split(';') ?? []) {
    const [letter = '', kindText, place = '', ...id] = part.split(':');
    const kind = KINDS.find((one) => one === kindText);
    const at = placeFrom(place);
    if (LETTER.test(letter) && kind !== undefined && at !== null && !tried.has(letter)) {
      const moves = idFrom(id.join(':').replaceAll('\n', ';'));
      tried.set(letter, moves ? { letter, kind, at, moves } : { letter, kind, at });
    }
  }
  return [...tried.values()].sort(inOrder);
}
