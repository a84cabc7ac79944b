// Holds the built pages to their budgets, in bytes as they go over the wire (gzip). Run after `npm run build`.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD = 40_000;
const WITH_MAP = 520_000;
const ON_REQUEST = 10_000;
const DESK = 30_000;
const PEOPLE = 6_000;
const NOTICES = 12_000;
const BRINGING = 8_000;
// With what patrols share: whoever opens those next fetches it no more.
const PLACING = 14_000;
const WISHES = 6_000;
const WORK = 9_000;
const PATROLS = 14_000;
const SHEETS = 7_000;
const ROSTER = 14_000;
const LIST = 6_000;
const WALKED = 6_000;
const RESPONDERS = 8_000;
// What a phone needs before its map, which works without a line from then on.
const VOLUNTEER = 45_000;
const VOLUNTEER_WITH_MAP = 520_000;

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
/** A chunk with all that it fetches at once. */
const withImports = (name, known = new Set()) => {
  if (known.has(name)) return known;
  known.add(name);
  const text = readFileSync(new URL(`assets/${name}`, dist), 'utf8');
  for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([\w-]+\.js)["']/g))
    withImports(other, known);
  return known;
};
/** All that is fetched with chunks that begin so, in bytes; what is there already is not fetched again. */
const there = new Set();
const fetched = (begins, endings = []) => {
  let bytes = sum(begins[0], ...endings);
  for (const begin of begins) {
    for (const name of assets.filter((name) => name.startsWith(begin) && name.endsWith('.js'))) {
      for (const chunk of withImports(name)) {
        if (there.has(chunk)) continue;
        there.add(chunk);
        bytes += packed(`assets/${chunk}`);
      }
    }
  }
  return bytes;
};
const first = packed('index.html') + fetched(['index-'], ['.css']) + wordsOf('first');
const map =
  fetched(['chart-', 'MapTools-'], ['.css']) +
  sum('maplibre-gl-worker-', '.js') +
  sum('noto-sans-', '.woff2');
const cards = fetched(['cards-'], ['.css']) + wordsOf('later');
const onRequest = fetched(['later-', 'linkCode-'], ['.css']) + sum('Modal-', '.css');
const desk = fetched(['main-'], ['.css']) + wordsOf('desk');
const people = fetched(['people-'], ['.css']);
const notices = fetched(['notices-'], ['.css']) + wordsOf('notices');
const bringing = fetched(['bringing-'], ['.css']) + wordsOf('bringing');
const placing = fetched(['placing-'], ['.css']) + wordsOf('placing');
const work = fetched(['tasks-']) + sum('worksheet-', '.css') + wordsOf('work');
const wishes = fetched(['wishes-'], ['.css']) + wordsOf('wishes');
const patrols = fetched(['patrols-'], ['.css']) + wordsOf('patrols');
const sheets = fetched(['TeamSheets-'], ['.css']) + wordsOf('sheets');
const roster = fetched(['roster-'], ['.css']) + wordsOf('roster');
const list = fetched(['VolunteerList-'], ['.css']) + wordsOf('list');
const walked = fetched(['Walked-'], ['.css']) + wordsOf('walked');
const responders = fetched(['responders-'], ['.css']) + wordsOf('responders');

/** As the volunteer's worker has them: what it keeps at once, and what it keeps with the map. */
const [shell = [], mapFiles = []] = [
  ...readFileSync(new URL('sw.js', dist), 'utf8').matchAll(/^\w+ \w+ = (\[.*\]);$/gm),
].map(([, files]) => JSON.parse(files));
const kept = (files) =>
  files.reduce((total, file) => total + packed(file === '/v' ? 'volunteer.html' : file.slice(1)), 0);
const areWords = (file) => file.includes('/v-words-');
const wordsKept = (language) =>
  kept(shell.filter((file) => areWords(file) && file.includes(`-${language}-`)));
// Nobody reads two languages at once, though both are kept.
const volunteer =
  kept(shell.filter((file) => !areWords(file))) + Math.max(wordsKept('en'), wordsKept('zh-CN'));
const volunteerWithMap = kept(shell) + kept(mapFiles);

const faults = [];
for (const [what, bytes, most] of [
  ['first load', first, FIRST_LOAD],
  ['with the map', first + map + cards, WITH_MAP],
  ['help and print', onRequest, ON_REQUEST],
  ['for who signs in', desk, DESK],
  ['accounts and keys', people, PEOPLE],
  ['notices and webhooks', notices, NOTICES],
  ['a file that is brought', bringing, BRINGING],
  ['where the next pieces go', placing, PLACING],
  ['what more may be wished of them', wishes, WISHES],
  ['scenarios and their work list', work, WORK],
  ['who walks tonight', patrols, PATROLS],
  ["the teams' sheets", sheets, SHEETS],
  ['who is on when', roster, ROSTER],
  ['who there is', list, LIST],
  ['what they have seen', walked, WALKED],
  ['who may be called', responders, RESPONDERS],
  ["the volunteer's page", volunteer, VOLUNTEER],
  ["the volunteer's page with its map", volunteerWithMap, VOLUNTEER_WITH_MAP],
]) {
  const line = `${what}: ${(bytes / 1000).toFixed(1)} kB of ${most / 1000} kB`;
  process.stdout.write(`${line}\n`);
  if (most < bytes) faults.push(line);
}
if (
  first < 10_000 ||
  map < 100_000 ||
  desk < 5_000 ||
  people < 1_000 ||
  wordsOf('first') < 1_000 ||
  notices < 1_000 ||
  bringing < 1_000 ||
  placing < 1_000 ||
  wishes < 500 ||
  work < 500 ||
  patrols < 1_000 ||
  sheets < 500 ||
  roster < 1_000 ||
  list < 1_000 ||
  walked < 1_000 ||
  responders < 1_000 ||
  volunteer < 20_000 ||
  volunteerWithMap < 300_000
)
  faults.push('parts of the build were not found');
if (faults.length > 0) {
  process.stderr.write(`over budget: ${faults.join('; ')}\n`);
  process.exit(1);
}
