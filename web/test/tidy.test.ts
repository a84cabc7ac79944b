// The rules of the page's code, held against every file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isShared, partOf } from '../messages/parts.ts';

const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

const sources = files('src').map((path) => ({ path, text: readFileSync(path, 'utf8') }));
const code = sources.filter(({ path }) => /\.tsx?$/.test(path));

const breaking = (rule: (file: { path: string; text: string }) => boolean) =>
  code.filter(rule).map(({ path }) => path);
const imports = (text: string, what: RegExp) =>
  [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].some(([, from]) => what.test(from ?? ''));

/** The files that are fetched with this one: what it imports at once, and what those import. */
function reached(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  const text = readFileSync(path, 'utf8').replace(/^import type .*$/gm, '');
  for (const [, from = ''] of text.matchAll(/^(?:import|export|\}) [^;]*?from '(\.[^']+\.tsx?)'/gms)) {
    reached(join(dirname(path), from), known);
  }
  return known;
}

describe('the code', () => {
  it('says in its first line what a file holds', () => {
    expect(breaking(({ text }) => !text.startsWith('// '))).toEqual([]);
  });

  it('keeps files short', () => {
    const long = sources.filter(({ text }) => 500 < text.split('\n').length);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('has one file that fetches, one that drives the map', () => {
    const fetching = breaking(({ path, text }) => /\bfetch\(/.test(text) && !path.endsWith('shared/api.ts'));
    expect(fetching).toEqual([]);
    const driving = breaking(
      ({ path, text }) =>
        /import \{(?![^}]*\btype\b[^}]*\} from 'maplibre-gl')[^}]*\} from 'maplibre-gl'/s.test(text) &&
        !/src\/map\/(view|pins|planning)\.ts$/.test(path),
    );
    expect(driving).toEqual([]);
  });

  it('keeps panels, map and service apart', () => {
    const panels = breaking(
      ({ path, text }) =>
        path.includes('/panels/') &&
        imports(text.replace(/^import type .*$/gm, ''), /\/map\/|maplibre|shared\/(api|register)|effects/),
    );
    const map = breaking(
      ({ path, text }) => path.startsWith('src/map/') && imports(text, /planner|volunteer|shared\/api/),
    );
    const shared = breaking(
      ({ path, text }) => path.startsWith('src/shared/') && imports(text, /\/(planner|volunteer|map)\//),
    );
    expect([...panels, ...map, ...shared]).toEqual([]);
  });

  it('keeps the planner and the volunteer apart', () => {
    const planner = breaking(
      ({ path, text }) => path.startsWith('src/planner/') && imports(text, /volunteer/),
    );
    const volunteer = breaking(
      ({ path, text }) => path.startsWith('src/volunteer/') && imports(text, /planner/),
    );
    expect([...planner, ...volunteer]).toEqual([]);
  });

  it('says on the volunteer’s page its own words, and those that both pages say', () => {
    const volunteers = code
      .filter(({ path }) => path.startsWith('src/volunteer/'))
      .map(({ text }) => text)
      .join('\n');
    const keys = Object.keys(JSON.parse(readFileSync('messages/en.json', 'utf8')));
    const own = ['volunteer', 'beside'];
    const foreign = keys.filter((key) => !own.includes(partOf(key)) && !isShared(key));
    expect(foreign.filter((key) => volunteers.includes(`t('${key}'`))).toEqual([]);
  });

  it('says on the volunteer’s page no word of a part before that part is fetched', () => {
    const shell = [...reached('src/volunteer/panels/App.tsx')];
    const early = shell.map((path) => readFileSync(path, 'utf8')).join('\n');
    const late = Object.keys(JSON.parse(readFileSync('messages/en.json', 'utf8'))).filter(
      (key) => partOf(key) === 'beside',
    );
    const isSaid = (key: string) =>
      early.includes(`'${key}'`) || (key.includes('_') && early.includes(`\`${key.split('_')[0]}_\${`));
    expect(late.filter(isSaid)).toEqual([]);
    expect(late.length).toBeGreaterThan(30);
    expect(shell.filter((path) => path.includes('/later/'))).toEqual([]);
  });

  it('awaits only in effects and what sends for them, the page’s frame and the service’s door', () => {
    const may =
      /(effects|main)\.tsx?$|shared\/(api|words|pictures)\.ts$|map\/picture\.ts$|(desk|outbox)\/sending\.ts$/;
    expect(breaking(({ path, text }) => /\bawait\b/.test(text) && !may.test(path))).toEqual([]);
  });

  it('puts no text into the page as HTML', () => {
    expect(
      breaking(({ text }) => /innerHTML|outerHTML|setHTML|insertAdjacentHTML|dangerously/.test(text)),
    ).toEqual([]);
  });

  it('says at first sight no word that comes later', () => {
    const early = [...reached('src/planner/main.tsx')].map((path) => readFileSync(path, 'utf8')).join('\n');
    const late = Object.keys(JSON.parse(readFileSync('messages/en.json', 'utf8'))).filter(
      (key) => partOf(key) !== 'first',
    );
    const isSaid = (key: string) =>
      early.includes(`'${key}'`) || (key.includes('_') && early.includes(`\`${key.split('_')[0]}_\${`));
    expect(late.filter(isSaid)).toEqual([]);
    expect(late.length).toBeGreaterThan(100);
  });

  it('uses every message, and no other', () => {
    const keys = Object.keys(JSON.parse(readFileSync('messages/en.json', 'utf8')));
    const all = code.map(({ text }) => text).join('\n');
    const unused = keys.filter((key) => {
      const [family] = key.split('_');
      const isMember = key.includes('_') && all.includes(`\`${family}_\${`);
      return !isMember && !all.includes(`'${key}'`);
    });
    expect(unused).toEqual([]);
  });
});
