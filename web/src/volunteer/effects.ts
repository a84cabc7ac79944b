// What the page does beyond showing: asks the service, keeps what is entered, hands it in when there is a line.
import { effect } from '@preact/signals';
import type { Account } from '../shared/accounts.ts';
import { Refused } from '../shared/api.ts';
import type { Answer, DutyApi, EntryBody, EntryKind } from '../shared/duty.ts';
import { eveningDeeds } from './evening/effects.ts';
import { ownRun } from './next.ts';
import {
  again,
  type Entry,
  exported,
  forgettable,
  goodRight,
  isUnsent,
  nextSeq,
  renewed,
} from './outbox/entry.ts';
import { holding, type Keep } from './outbox/keeping.ts';
import { openOutbox } from './outbox/sending.ts';
import type { Fix } from './position.ts';
import { isFresh } from './position.ts';
import type { Deed, Draft, Fault, Owed, SavedMap, Seen, State } from './state.ts';
import type { Store } from './store.ts';
import { isFull, longer, type Track } from './track.ts';

/** So long an entry can be taken back. */
const UNDO_MS = 10_000;
const DAY_MS = 24 * 3_600_000;
/** What of an evening changes what was seen of it. */
const SHOWS: readonly EntryKind[] = ['start', 'track', 'check_in', 'skip', 'finish'];

export type Entering = Partial<EntryBody> & { readonly kind: EntryKind };
type Mirrored = 'who' | 'region' | 'pack' | 'owed' | 'map' | 'draft' | 'seen';
const MIRRORED: readonly Mirrored[] = ['who', 'region', 'pack', 'owed', 'map', 'draft', 'seen'];

/** `YYYY-MM-DD` of a moment where the region is. */
const dayOf = (ms: number, time_zone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone: time_zone }).format(ms);

export function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  return { what: 'refused', kind: cause.problem.type.replace(/^.*\//, ''), why: cause.message };
}

export function newUuid(): string {
  if (crypto.randomUUID !== undefined) return crypto.randomUUID();
  // Without a secure connection a browser has only the chance itself.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export type Effects = ReturnType<typeof begin>;

/** `refusalText` says in words why the service refused what was told it later. */
export function begin(
  store: Store,
  api: DutyApi,
  kept: Keep,
  refusalText: (fault: Fault) => string = (fault) => (fault.what === 'refused' ? fault.why : ''),
) {
  const keep = holding(kept);
  const { dispatch } = store;
  const now = (): State => store.state.peek();
  let seq = 0;
  let track: Track | null = null;

  const outbox = openOutbox(keep, api, {
    sending: (uuid) => dispatch({ is: 'sending', uuid }),
    is(entry) {
      dispatch({ is: 'entryIs', entry });
      if (entry.state.is === 'sent' && SHOWS.includes(entry.body.kind)) evening.lookAtSeen();
    },
    reached: (up) => dispatch({ is: 'lineIs', up }),
  });

  /** What the service answers tells whether there is a line, too. */
  async function heard<T>(asked: Promise<T>): Promise<T> {
    try {
      const answer = await asked;
      dispatch({ is: 'lineIs', up: true });
      return answer;
    } catch (cause) {
      dispatch({ is: 'lineIs', up: cause instanceof Refused });
      throw cause;
    }
  }

  async function doing(deed: Deed, run: () => Promise<void>): Promise<void> {
    if (now().doing !== null) return;
    dispatch({ is: 'begun', deed });
    try {
      await run();
    } catch (cause) {
      dispatch({ is: 'failed', deed, fault: faultOf(cause) });
    }
  }

  async function recall(): Promise<void> {
    const [who, region, pack, owed, map, draft, seen, began, entries] = await Promise.all([
      keep.get<string>('who'),
      keep.get<string>('region'),
      keep.get<NonNullable<State['pack']>>('pack'),
      keep.get<Owed>('owed'),
      keep.get<SavedMap>('map'),
      keep.get<Draft>('draft'),
      keep.get<Seen | null>('seen'),
      keep.get<Track>('track'),
      keep.entries(),
    ]);
    track = began ?? null;
    dispatch({ is: 'remembered', who: who ?? null, region: region ?? null });
    dispatch({ is: 'entriesCame', entries });
    if (owed) dispatch({ is: 'owes', owed });
    // Names and numbers of people are not kept longer than they are of use.
    if (pack && Date.now() - pack.at_ms < 2 * DAY_MS)
      dispatch({ is: 'packCame', pack: pack.value, at_ms: pack.at_ms, isKept: true });
    if (map) dispatch({ is: 'mapIs', map: map.is === 'saving' ? { ...map, is: 'partly' } : map });
    if (draft) dispatch({ is: 'drafted', draft });
    if (seen) dispatch({ is: 'seenCame', seen });
    for (const { uuid } of forgettable(entries, Date.now())) await forget(uuid);
    mirror();
  }

  /** What the page knows is what the phone keeps. */
  function mirror(): void {
    for (const name of MIRRORED) {
      let last: unknown = now()[name];
      effect(() => {
        const value = store.state.value[name];
        if (value === last) return;
        last = value;
        keep.set(name, value).catch(() => {});
      });
    }
  }

  async function forget(uuid: string): Promise<void> {
    await keep.drop(uuid);
    dispatch({ is: 'entryGone', uuid });
  }

  /** Whether nothing of it was refused. */
  async function tellOwed(): Promise<boolean> {
    const { owed, who, session } = now();
    if (owed === null || owed.account !== who || session !== 'there') return true;
    let isFine = true;
    try {
      if (owed.consent !== null) await heard(api.consent(owed.region, owed.consent));
      if (owed.answer !== null) await heard(api.answer(owed.region, owed.day, owed.answer));
    } catch (cause) {
      if (!(cause instanceof Refused) || cause.problem.status === 401) return true;
      dispatch({ is: 'said', text: refusalText(faultOf(cause)) });
      isFine = false;
    }
    // Something else may have been said meanwhile.
    if (now().owed === owed) dispatch({ is: 'owes', owed: null });
    else if (!(await tellOwed())) isFine = false;
    return isFine;
  }

  async function fetchPack(): Promise<void> {
    const { region, who, pack, session } = now();
    if (region === null || who === null || session === 'none') return;
    dispatch({ is: 'packAsked' });
    try {
      // While a patrol is under way, its evening is not over.
      const day = ownRun(now()).state === 'active' ? (pack?.value.day ?? null) : null;
      const come = await heard(api.pack(region, day, goodRight(now(), Date.now())));
      if (now().who !== who) return;
      dispatch({ is: 'packCame', pack: come, at_ms: Date.now() });
      for (const entry of renewed(now().entries, who, region, come.hand_in.right)) {
        await keep.put(entry).catch(() => {});
        dispatch({ is: 'entryIs', entry });
      }
      outbox.send();
      evening.lookAtSeen();
    } catch (cause) {
      if (cause instanceof Refused && cause.problem.status === 401)
        dispatch({ is: 'sessionIs', session: 'none' });
      dispatch({ is: 'packFailed', fault: faultOf(cause) });
    }
  }

  const evening = eveningDeeds(store, api, { heard, doing, fetchPack });

  async function fetchRegions(): Promise<void> {
    try {
      const regions = await heard(api.regions());
      dispatch({ is: 'regionsCame', regions: regions.map(({ id, name }) => ({ id, name })) });
    } catch {
      // A role in one region needs no list.
    }
  }

  async function come(account: Account | null): Promise<void> {
    if (account === null) {
      dispatch({ is: 'sessionIs', session: 'none' });
      return;
    }
    if (account.roles.some(({ region }) => region === null)) await fetchRegions();
    dispatch({ is: 'signedIn', account });
    await tellOwed();
    await fetchPack();
  }

  /** Asks anew whatever the service may know better. */
  async function refresh(): Promise<void> {
    // Another page of this browser may have sent some.
    dispatch({ is: 'entriesCame', entries: await keep.entries() });
    outbox.sendNow();
    try {
      if ((await keep.get<boolean>('signOut')) === true) {
        await heard(api.signOut());
        await keep.set('signOut', false);
      }
      await come(await heard(api.session()));
    } catch {
      dispatch({ is: 'sessionIs', session: 'unknown' });
    }
  }

  /** Kept on the phone before it is shown as kept; `photos` wait with it. */
  async function enter(
    { at, ...said }: Entering,
    {
      photos = [],
      uuid = newUuid(),
      isUndoable = false,
    }: {
      photos?: readonly Blob[];
      uuid?: string;
      isUndoable?: boolean;
    } = {},
  ): Promise<void> {
    const { pack, who, fix, entries } = now();
    if (pack === null || who === null) return;
    const { value } = pack;
    const now_ms = Date.now();
    const place = isFresh(fix, now_ms) ? fix : null;
    seq = Math.max(seq + 1, nextSeq(entries));
    const entry: Entry = {
      uuid,
      seq,
      account: who,
      region: value.region,
      right: value.hand_in.right,
      body: {
        day: value.day,
        at: at ?? new Date(now_ms).toISOString(),
        patrol: value.patrol?.number ?? null,
        team: value.patrol?.team ?? null,
        stretch: null,
        equipment: null,
        how: null,
        condition: null,
        reason: null,
        seen: null,
        place: place?.at ?? null,
        accuracy_m: place?.accuracy_m ?? null,
        note: null,
        fixes: null,
        ...said,
      },
      photos: photos.map((photo) => ({ photo, is: 'waiting' })),
      state: { is: 'waiting' },
      ripe_ms: isUndoable ? now_ms + UNDO_MS : 0,
      tries: 0,
    };
    const isKept = await keep.put(entry).then(
      () => true,
      () => false,
    );
    dispatch({ is: 'entered', entry, isKept });
    if (said.kind !== 'track') navigator.vibrate?.(40);
    outbox.send();
  }

  function undone(): void {
    const { undo, sending, entries } = now();
    if (undo === null || sending === undo.uuid) return;
    if (entries.find(({ uuid }) => uuid === undo.uuid)?.body.kind === 'start') noTrack();
    void forget(undo.uuid);
  }

  function noTrack(): void {
    track = null;
    keep.set('track', null).catch(() => {});
  }

  /** The track so far goes into the outbox. */
  async function cutTrack(): Promise<void> {
    const cut = track;
    if (cut === null) return;
    noTrack();
    if (now().entries.some(({ uuid }) => uuid === cut.uuid)) return;
    const at = new Date(cut.at_ms).toISOString();
    await enter({ kind: 'track', at, fixes: cut.fixes, place: null, accuracy_m: null }, { uuid: cut.uuid });
  }

  function located(fix: Fix): void {
    dispatch({ is: 'located', fix });
    const { pack } = now();
    if (pack?.value.volunteer?.consent !== true || ownRun(now()).state !== 'active') return;
    const before = track;
    track = longer(track, fix, newUuid);
    if (track !== before) keep.set('track', track).catch(() => {});
    ticked();
  }

  function ticked(): void {
    if (track !== null && isFull(track, Date.now())) void cutTrack();
  }

  effect(() => {
    const { undo } = store.state.value;
    if (undo === null) return;
    const timer = setTimeout(() => {
      dispatch({ is: 'undoOver' });
      outbox.send();
    }, undo.until_ms - Date.now());
    return () => clearTimeout(timer);
  });

  async function signOut(): Promise<void> {
    await cutTrack();
    dispatch({ is: 'signedOut' });
    try {
      await heard(api.signOut());
    } catch (cause) {
      // As soon as there is a line.
      if (!(cause instanceof Refused)) await keep.set('signOut', true);
    }
  }

  async function asFile(): Promise<Blob> {
    const photos = now()
      .entries.filter(isUnsent)
      .flatMap((entry) => entry.photos.map(({ photo }) => photo));
    const texts = await Promise.all(photos.map(textOf));
    const byPhoto = new Map(photos.map((photo, i) => [photo, texts[i] ?? '']));
    return new Blob([exported(now().entries, byPhoto)], { type: 'application/json' });
  }

  const isNewDay = () => {
    const { pack, region } = now();
    if (region === null || pack === null || ownRun(now()).state === 'active') return false;
    return pack.value.day !== dayOf(Date.now(), pack.value.time_zone);
  };

  return {
    enter,
    undone,
    cutTrack,
    located,
    ticked,
    refresh,
    signOut,
    fetchPack,
    asFile,
    isNewDay,
    noTrack,
    recall,
    send: () => outbox.send(),
    sendNow: () => outbox.sendNow(),
    signIn: (name: string, password: string) =>
      doing('signIn', async () => {
        const account = await heard(api.signIn(name, password));
        await keep.set('signOut', false);
        await come(account);
      }),
    invited(token: string) {
      dispatch({ is: 'invited', token });
      return doing('look', async () => {
        dispatch({ is: 'offerCame', offer: await heard(api.lookAt(token)) });
      });
    },
    accept: (who: { name: string; password: string } | null) =>
      doing('accept', async () => {
        const account = await heard(api.accept(now().invitation?.token ?? '', who));
        await keep.set('signOut', false);
        await come(account);
      }),
    takeOver: evening.takeOver,
    makeCalendar: evening.makeCalendar,
    async answer(answer: Answer) {
      dispatch({ is: 'answered', answer });
      // Whoever is on no longer sees that here, too.
      if (!(await tellOwed())) await fetchPack();
    },
    consent(consent: boolean) {
      dispatch({ is: 'consented', consent });
      if (!consent) noTrack();
      return tellOwed();
    },
    pickRegion(region: string) {
      dispatch({ is: 'regionPicked', region });
      return fetchPack();
    },
    async drop(uuid: string) {
      if (now().sending !== uuid) await forget(uuid);
    },
    async again(uuid: string) {
      const entry = now().entries.find((one) => one.uuid === uuid);
      if (entry === undefined) return;
      await keep.put(again(entry)).catch(() => {});
      dispatch({ is: 'entryIs', entry: again(entry) });
      outbox.sendNow();
    },
  };
}

const textOf = (blob: Blob): Promise<string> =>
  new Promise((give) => {
    const reader = new FileReader();
    reader.onload = () => give(String(reader.result));
    reader.onerror = () => give('');
    reader.readAsDataURL(blob);
  });
