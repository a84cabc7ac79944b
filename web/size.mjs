// Holds the built pages to their budgets, in bytes as they go over the wire (gzip). Run after `npm run build`.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD = 40_000;
const WITH_MAP = 520_000;
const ON_REQUEST = 10_000;
const DESK = 30_000;

const dist = new URL('./dist/', import.meta.url);
const assets = readdirSync(new URL('assets/', dist));
const packed = (path) => {
  const bytes = readFileSync(new URL(path, dist));
  // A woff2 file is packed already.
  return path.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
};
const sum = (begin, ...endings) =>
  assets
    .filter((name) => name.startsWith(begin) && endings.some((ending) => name.endsWith(ending)))
    .reduce((total, name) => total + packed(`assets/${name}`), 0);

const wordsOf = (part) => Math.max(sum(`words-${part}-en-`, '.js'), sum(`words-${part}-zh-CN-`, '.js'));
const first = packed('index.html') + sum('index-', '.js', '.css') + wordsOf('first');
const map =
  sum('chart-', '.js', '.css') +
  sum('MapTools-', '.js') +
  sum('Legend-', '.js') +
  sum('classes-', '.js') +
  sum('maplibre-gl-worker-', '.js') +
  sum('noto-sans-', '.woff2');
const cards =
  sum('cards-', '.js', '.css') + sum('PlaceField-', '.js') + sum('crossingText-', '.js') + wordsOf('later');
const onRequest = sum('later-', '.js', '.css') + sum('Modal-', '.js', '.css') + sum('linkCode-', '.js');
const desk = sum('main-', '.js', '.css') + wordsOf('desk');

const faults = [];
for (const [what, bytes, most] of [
  ['first load', first, FIRST_LOAD],
  ['with the map', first + map + cards, WITH_MAP],
  ['help and print', onRequest, ON_REQUEST],
  ['for who signs in', desk, DESK],
]) {
  const line = `${what}: ${(bytes / 1000).toFixed(1)} kB of ${most / 1000} kB`;
  process.stdout.write(`${line}\n`);
  if (most < bytes) faults.push(line);
}
if (first < 10_000 || map < 100_000 || desk < 5_000 || wordsOf('first') < 1_000)
  faults.push('parts of the build were not found');
if (faults.length > 0) {
  process.stderr.write(`over budget: ${faults.join('; ')}\n`);
  process.exit(1);
}
