// What the phone keeps, in IndexedDB: the entries, and a few things by name. It outlives the page, signing out and whoever signs in next.
import type { Entry } from './entry.ts';

export interface Keep {
  entries(): Promise<readonly Entry[]>;
  put(entry: Entry): Promise<void>;
  drop(uuid: string): Promise<void>;
  get<T>(name: string): Promise<T | undefined>;
  set(name: string, value: unknown): Promise<void>;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((give, fail) => {
    request.onsuccess = () => give(request.result);
    request.onerror = () => fail(request.error);
  });

/** Told as kept only when the browser has it on disk. */
const written = (transaction: IDBTransaction): Promise<void> =>
  new Promise((give, fail) => {
    transaction.oncomplete = () => give();
    transaction.onabort = () => fail(transaction.error);
    transaction.onerror = () => fail(transaction.error);
  });

export function openKeep(): Promise<Keep> {
  const opening = indexedDB.open('zhugan-volunteer', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('entries', { keyPath: 'uuid' });
    opening.result.createObjectStore('named');
  };
  return done(opening).then((db) => {
    const read = (store: string) => db.transaction(store).objectStore(store);
    const write = (store: string, run: (store: IDBObjectStore) => void) => {
      const transaction = db.transaction(store, 'readwrite', { durability: 'strict' });
      run(transaction.objectStore(store));
      return written(transaction);
    };
    // Another page of a later version wants to change the stores.
    db.onversionchange = () => db.close();
    return {
      entries: () => done<Entry[]>(read('entries').getAll()),
      put: (entry) => write('entries', (store) => void store.put(entry)),
      drop: (uuid) => write('entries', (store) => void store.delete(uuid)),
      get: (name) => done(read('named').get(name)),
      set: (name, value) => write('named', (store) => void store.put(value, name)),
    };
  });
}

/** Holds in memory what could not be written, so that it is sent all the same while the page is open. */
export function holding(keep: Keep): Keep {
  const loose = new Map<string, Entry>();
  return {
    ...keep,
    entries: () =>
      keep.entries().then(
        (kept) => [...kept.filter(({ uuid }) => !loose.has(uuid)), ...loose.values()],
        () => [...loose.values()],
      ),
    put: (entry) =>
      keep.put(entry).then(
        () => void loose.delete(entry.uuid),
        (fault) => {
          loose.set(entry.uuid, entry);
          throw fault;
        },
      ),
    drop: (uuid) => {
      loose.delete(uuid);
      return keep.drop(uuid);
    },
  };
}

/** Where a browser keeps nothing: as long as the page is open. */
export function forgetfulKeep(): Keep {
  const entries = new Map<string, Entry>();
  const named = new Map<string, unknown>();
  return {
    entries: () => Promise.resolve([...entries.values()]),
    put: (entry) => Promise.resolve(void entries.set(entry.uuid, entry)),
    drop: (uuid) => Promise.resolve(void entries.delete(uuid)),
    get: <T>(name: string) => Promise.resolve(named.get(name) as T | undefined),
    set: (name, value) => Promise.resolve(void named.set(name, value)),
  };
}
