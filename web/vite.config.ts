import { defineConfig } from 'vitest/config';

// Where the service listens while the page is worked on with `npm run dev`.
const service = process.env.ZHUGAN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  json: { namedExports: false },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: ['index.html'] },
  },
  optimizeDeps: { exclude: ['maplibre-gl'] },
  server: { proxy: { '/api': service, '/tiles': service, '/healthz': service } },
  test: { environment: 'happy-dom', include: ['test/**/*.test.{ts,tsx}'] },
});
