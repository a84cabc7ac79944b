import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';
import { isShared, partOf } from './messages/parts.ts';

// Where the service listens while the page is worked on with `npm run dev`.
const service = process.env.ZHUGAN_URL ?? 'http://127.0.0.1:8080';

const WORDS = /words:(\w+):([\w-]+)$/;

/**
 * `en.json?first` holds the words of the first look alone; the others come with the parts that say them. Those of the planner's
 * first words that both pages say are among the volunteer's own.
 */
const wordsByPart = (isVolunteers: boolean): Plugin => ({
  name: 'words-by-part',
  enforce: 'pre',
  resolveId: (source) => {
    const [, file, part] = /messages\/([\w-]+)\.json\?(\w+)$/.exec(source) ?? [];
    return part === undefined ? null : `\0words:${part}:${file}`;
  },
  load(id) {
    const [, part, file] = WORDS.exec(id) ?? [];
    if (part === undefined) return null;
    const path = fileURLToPath(new URL(`messages/${file}.json`, import.meta.url));
    this.addWatchFile(path);
    const words = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>);
    const isSaid = (key: string) =>
      partOf(key) === part || (isVolunteers && part === 'volunteer' && isShared(key));
    const said = Object.fromEntries(words.filter(([key]) => isSaid(key)));
    return `export default ${JSON.stringify(said)};`;
  },
});

/** Of MapLibre's style sheet, what is for its logo and for controls that no page has: three quarters of it. */
const UNUSED = /logo|terrain|globe|fullscreen|shrink|compass|popup|cooperative/;
/** A volunteer's place has a button of its own, and nothing is put on that map. */
const UNUSED_ON_PHONES = /geolocate|user-location|marker|crosshair|boxzoom/;

const usedMapStyle = (isVolunteers: boolean): Plugin => ({
  name: 'used-map-style',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('maplibre-gl.css')
      ? code.replace(/([^{}]+)(\{[^{}]*\})/g, (_, selectors: string, body: string) => {
          const isUsed = (selector: string) =>
            !UNUSED.test(selector) && !(isVolunteers && UNUSED_ON_PHONES.test(selector));
          const used = selectors.split(',').filter(isUsed);
          return used.length === 0 ? '' : used.join(',') + body;
        })
      : null,
});

/**
 * Fetches the style sheets of a part with its code. Vite's own does more, for which a phone waits: a kilobyte of its first load.
 * A sheet that did not come is asked for again with the next try.
 */
const leanPreload: Plugin = {
  name: 'lean-preload',
  enforce: 'pre',
  transform: (_, id) => (id.endsWith('vite/preload-helper.js') ? PRELOAD : null),
};
const PRELOAD = `export const __vitePreload = (part, files) =>
  Promise.all((files ?? []).filter((file) => file.endsWith('.css')).map((file) => {
    const href = '/' + file;
    if (document.querySelector('link[href="' + href + '"]')) return;
    return new Promise((done, failed) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = href;
      link.onload = done;
      link.onerror = (fault) => { link.remove(); failed(fault); };
      document.head.append(link);
    });
  })).then(part);`;

/** Names that a browser asks for beside the files that the build makes. */
const BESIDE = ['/v', '/icon.svg', '/volunteer.webmanifest'];

/** The volunteer's page works without a line: its worker knows all files of the page, and apart from them those of its map. */
const worker: Plugin = {
  name: 'volunteer-worker',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter(
        (file): file is Rolldown.OutputChunk => file.type === 'chunk',
      );
      const shell = new Set<string>();
      const add = (name: string) => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (chunk === undefined || shell.has(name)) return;
        shell.add(name);
        for (const style of chunk.viteMetadata?.importedCss ?? []) shell.add(style);
        for (const other of chunk.imports) add(other);
      };
      // What is fetched later has its words with it.
      const isLater = ({ fileName }: Rolldown.OutputChunk) => fileName.includes('-words-beside-');
      const isWords = ({ fileName }: Rolldown.OutputChunk) => fileName.includes('/v-words-');
      for (const chunk of chunks)
        if (chunk.isEntry || (isWords(chunk) && !isLater(chunk))) add(chunk.fileName);
      const page = bundle['volunteer.html'];
      const html = page?.type === 'asset' ? String(page.source) : '';
      const isFile = (name: string) => /^(?:v-)?assets\//.test(name);
      for (const name of Object.keys(bundle)) if (isFile(name) && html.includes(name)) shell.add(name);
      const rest = Object.keys(bundle).filter((name) => isFile(name) && !shell.has(name));
      const names = (files: Iterable<string>) => [...files].map((name) => `/${name}`).sort();
      const [first, map] = [[...BESIDE, ...names(shell)], names(rest)];
      const version = createHash('sha256')
        .update(JSON.stringify([html, first, map]))
        .digest('hex')
        .slice(0, 12);
      const source = readFileSync(new URL('src/volunteer/sw.js', import.meta.url), 'utf8')
        .replace("'__VERSION__'", JSON.stringify(version))
        .replace("'__SHELL__'", JSON.stringify(first))
        .replace("'__MAP__'", JSON.stringify(map));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  },
};

/** Serves the page where the service does. */
const atV: Plugin = {
  name: 'volunteer-at-v',
  configureServer: ({ middlewares }) => void middlewares.use(toVolunteer),
  configurePreviewServer: ({ middlewares }) => void middlewares.use(toVolunteer),
};
function toVolunteer(request: { url?: string | undefined }, _: unknown, next: () => void) {
  if (/^\/v(?:\?|$)/.test(request.url ?? '')) request.url = `/volunteer.html${request.url?.slice(2) ?? ''}`;
  next();
}

// Two builds into one folder: the planner's page, then with `--mode volunteer` the volunteer's. Apart, so that neither is cut into more
// pieces for what both use: the planner's first load has no byte to spare.
export default defineConfig(({ mode }) => {
  const isVolunteers = mode === 'volunteer';
  const start = isVolunteers ? 'assets/v-' : 'assets/';
  return {
    plugins: [
      wordsByPart(isVolunteers),
      usedMapStyle(isVolunteers),
      atV,
      ...(isVolunteers ? [leanPreload, worker] : []),
    ],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    json: { namedExports: false },
    worker: {
      format: 'es',
      // A worker's own requests are seen by the service worker whose scope its address is in: `/v`.
      ...(isVolunteers ? { rollupOptions: { output: { entryFileNames: 'v-assets/[name]-[hash].js' } } } : {}),
    },
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
      emptyOutDir: !isVolunteers,
      rollupOptions: {
        input: [isVolunteers ? 'volunteer.html' : 'index.html'],
        output: {
          ...(isVolunteers
            ? {
                entryFileNames: 'assets/v-[name]-[hash].js',
                assetFileNames: ({ names }) =>
                  `${names[0]?.endsWith('.css') ? 'assets/v-' : 'assets/'}[name]-[hash][extname]`,
              }
            : {}),
          chunkFileNames(chunk) {
            const [, part, file] = WORDS.exec(chunk.facadeModuleId ?? '') ?? [];
            return `${start}${part === undefined ? '[name]' : `words-${part}-${file}`}-[hash].js`;
          },
        },
      },
    },
    optimizeDeps: { exclude: ['maplibre-gl'] },
    server: { proxy: { '/api': service, '/tiles': service, '/healthz': service } },
    test: { environment: 'happy-dom', include: ['test/**/*.test.{ts,tsx}'] },
  };
});
