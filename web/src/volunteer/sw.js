// Keeps the volunteer's page for when there is no line. The build puts the names of its files in place of the three words.
const VERSION = '__VERSION__';
const SHELL = '__SHELL__';
const MAP = '__MAP__';

const CACHE = `zhugan-shell-${VERSION}`;
const TILES = 'zhugan-tiles';

const keep = (files) =>
  caches.open(CACHE).then((cache) =>
    Promise.all(
      files.map((file) =>
        // What has a hash in its name never changes: another version may have it already.
        caches
          .match(file)
          .then((old) =>
            old !== undefined && file.includes('assets/')
              ? cache.put(file, old)
              : cache.add(new Request(file, { cache: 'reload' })),
          ),
      ),
    ),
  );

// What was fetched once is there without a line, also where no map was saved.
const fetched = (request) =>
  fetch(request).then((answer) => {
    const copy = answer.clone();
    if (answer.ok)
      void caches
        .open(CACHE)
        .then((cache) => cache.put(request.url, copy))
        .catch(() => {});
    return answer;
  });

// A phone that has saved a map has it in the next version, too.
addEventListener('install', (event) =>
  event.waitUntil(caches.has(TILES).then((hasMap) => keep(hasMap ? [...SHELL, ...MAP] : SHELL))),
);

addEventListener('activate', (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => {
        const old = names.filter((name) => name.startsWith('zhugan-shell-') && name !== CACHE);
        return Promise.all(old.map((name) => caches.delete(name)));
      })
      .then(() => clients.claim()),
  ),
);

addEventListener('message', (event) => {
  if (event.data === 'take') skipWaiting();
  if (event.data === 'keepMap') {
    event.waitUntil(
      keep(MAP).then(
        () => event.ports[0]?.postMessage(true),
        () => event.ports[0]?.postMessage(false),
      ),
    );
  }
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname === '/v') event.respondWith(caches.match('/v').then((page) => page ?? fetch(request)));
  } else if (url.pathname.endsWith('.mvt')) {
    event.respondWith(
      caches
        .open(TILES)
        .then((tiles) => tiles.match(request))
        .then((tile) => tile ?? fetch(request)),
    );
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((file) => file ?? fetch(request)));
  } else if (MAP.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((file) => file ?? fetched(request)));
  }
});
