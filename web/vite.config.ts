import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { partOf } from './messages/parts.ts';

// Where the service listens while the page is worked on with `npm run dev`.
const service = process.env.ZHUGAN_URL ?? 'http://127.0.0.1:8080';

const WORDS = /words:(\w+):([\w-]+)$/;

/** `en.json?first` holds the words of the first look alone; the others come with the parts that say them. */
const wordsByPart: Plugin = {
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
    const said = Object.fromEntries(words.filter(([key]) => partOf(key) === part));
    return `export default ${JSON.stringify(said)};`;
  },
};

/** Of MapLibre's style sheet, what is for its logo and for controls that no page has: three quarters of it. */
const UNUSED = /logo|terrain|globe|fullscreen|shrink|compass|popup|cooperative/;

const usedMapStyle: Plugin = {
  name: 'used-map-style',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('maplibre-gl.css')
      ? code.replace(/([^{}]+)(\{[^{}]*\})/g, (_, selectors: string, body: string) => {
          const used = selectors.split(',').filter((selector) => !UNUSED.test(selector));
          return used.length === 0 ? '' : used.join(',') + body;
        })
      : null,
};

export default defineConfig({
  plugins: [wordsByPart, usedMapStyle],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  json: { namedExports: false },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: ['index.html'],
      output: {
        chunkFileNames(chunk) {
          const [, part, file] = WORDS.exec(chunk.facadeModuleId ?? '') ?? [];
          return `assets/${part === undefined ? '[name]' : `words-${part}-${file}`}-[hash].js`;
        },
      },
    },
  },
  optimizeDeps: { exclude: ['maplibre-gl'] },
  server: { proxy: { '/api': service, '/tiles': service, '/healthz': service } },
  test: { environment: 'happy-dom', include: ['test/**/*.test.{ts,tsx}'] },
});
