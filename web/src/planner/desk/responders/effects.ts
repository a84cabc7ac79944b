// What the list of those who may be called does: asks for it while somebody looks, and keeps what is changed as long as nobody was faster.
import { computed, effect, untracked } from '@preact/signals';
import { holds } from '../../../shared/accounts.ts';
import { type Responder, type RespondersApi, respondersApi } from '../../../shared/responders.ts';
import { wordsIn } from '../../../shared/words.ts';
import type { Hands } from '../effects.ts';
import { isOf } from '../faults.ts';
import { faultFor } from '../following/effects.ts';
import { type PartStore, picking, pickOn } from '../opened.ts';
import { sentOver } from '../sending.ts';
import { changed, editOf, type Fields, fieldsOf, nameOf, rebased } from './draft.ts';
import type { Doing, Looked, RespondersEvent, RespondersState } from './state.ts';

/** Hours begin and end without anybody's doing. */
const LOOK_AGAIN_MS = 60_000;

/** One of them as they are now; `null` where they are off the list. */
interface Version {
  readonly one: Responder | null;
  readonly etag: string;
}
const GONE: Version = { one: null, etag: '' };

export type RespondersStore = PartStore<RespondersState, RespondersEvent>;
export type RespondersHands = Pick<Hands, 'desk' | 'planner' | 'region'>;
export type RespondersDeeds = ReturnType<typeof respondersDeeds>;

export function respondersDeeds(
  store: RespondersStore,
  { desk, planner, region }: RespondersHands,
  api: RespondersApi = respondersApi,
) {
  const { dispatch } = store;
  const now = () => store.state.peek();
  const words = () => wordsIn(planner.state.peek().language);
  const say = (text: string) => planner.dispatch({ is: 'said', text });
  /** Only dispatchers, and whoever is more, are told of them. */
  const mayLook = computed(() => holds(desk.state.value.account, 'dispatcher', planner.state.value.region));
  let looks = 0;

  const failed = (doing: Doing, cause: unknown) =>
    dispatch({ is: 'failed', doing, fault: faultFor(desk, cause) });

  /** Asks for the list; an answer that is older than another, or for nobody any more, is dropped. */
  async function look(): Promise<void> {
    const where = region();
    if (where === '' || !mayLook.peek()) return;
    looks += 1;
    const mine = looks;
    const isWanted = () => mine === looks && where === region() && mayLook.peek();
    try {
      const all = await api.all(where);
      if (isWanted()) dispatch({ is: 'listCame', all });
    } catch (cause) {
      if (isWanted()) failed({ what: 'list', about: null }, cause);
    }
  }

  /** Does one thing at a time. */
  async function run(doing: Doing, work: (where: string) => Promise<void>): Promise<void> {
    if (now().doing !== null) return;
    dispatch({ is: 'begun', doing });
    const where = region();
    try {
      await work(where);
      dispatch({ is: 'done' });
    } catch (cause) {
      failed(doing, cause);
      // Whoever is on the list no longer is not shown there any longer.
      if (isOf(cause, 404)) void look();
    }
  }

  const came = (one: Responder) => {
    // What was asked for before may know less.
    looks += 1;
    dispatch({ is: 'oneCame', one });
  };

  /** Sends a change as long as nobody has said anything else of them; `null` when it is kept, else how others have left them. */
  async function sent(
    where: string,
    first: Responder,
    send: (validator: string) => Promise<void>,
  ): Promise<Version | null> {
    try {
      return await sentOver<Version>(
        { one: first, etag: first.validator },
        send,
        async () => {
          const all = await api.all(where);
          dispatch({ is: 'listCame', all });
          const one = all.find(({ id }) => id === first.id) ?? null;
          return { one, etag: one?.validator ?? '' };
        },
        ({ one }) => one !== null && changed(fieldsOf(first), fieldsOf(one)).length === 0,
      );
    } catch (cause) {
      if (!isOf(cause, 404)) throw cause;
      dispatch({ is: 'oneGone', id: first.id });
      return GONE;
    }
  }

  const write = (seen: Responder | null, mine: Fields) => {
    const edit = editOf(mine);
    if (edit === null) return Promise.resolve();
    return run({ what: 'save', about: seen?.id ?? null }, async (where) => {
      if (seen === null) {
        const one = await api.add(where, edit);
        came(one);
        dispatch({ is: 'draftClosed' });
        say(words()('deskResponderAdded', { name: nameOf(words(), one) }));
        return;
      }
      const others = await sent(where, seen, async (validator) =>
        came(await api.edit(where, seen.id, validator, edit)),
      );
      // Whoever was faster with the very same has done it for both.
      if (others !== null && (others.one === null || changed(fieldsOf(others.one), mine).length > 0)) {
        dispatch({ is: 'conflicted', conflict: { deed: 'save', seen, mine, theirs: others.one } });
        return;
      }
      dispatch({ is: 'draftClosed' });
      say(words()('deskSaved', { name: nameOf(words(), { ...seen, ...edit }) }));
    });
  };

  const takeOff = (seen: Responder) =>
    run({ what: 'takeOff', about: seen.id }, async (where) => {
      const others = await sent(where, seen, (validator) => api.takeOff(where, seen.id, validator));
      if (others?.one) {
        const mine = fieldsOf(seen);
        dispatch({ is: 'conflicted', conflict: { deed: 'takeOff', seen, mine, theirs: others.one } });
        return;
      }
      looks += 1;
      dispatch({ is: 'oneGone', id: seen.id });
      dispatch({ is: 'draftClosed' });
      say(words()('deskResponderTakenOff', { name: nameOf(words(), seen) }));
    });

  const pick = (picks: boolean) => {
    if (!picks && !now().picks) return;
    pickOn(planner, picks);
    // On a phone, the map is behind the list.
    if (picks) planner.dispatch({ is: 'sheetSet', sheet: 'peek' });
    dispatch({ is: 'picking', picks });
  };

  return {
    look,
    lookFor: (looked: Partial<Looked>) => dispatch({ is: 'lookedFor', looked }),
    /** Opens the form of one of them, or of somebody new. */
    open: (seen: Responder | null) => {
      pick(false);
      dispatch({ is: 'draftOpened', seen });
    },
    say: (said: Partial<Fields>) => dispatch({ is: 'saidSo', said }),
    close: () => {
      pick(false);
      dispatch({ is: 'draftClosed' });
    },
    /** From now on a tap on the map says from where they set off; or no longer. */
    pick,
    save: () => {
      const { draft } = now();
      if (draft === null) return Promise.resolve();
      pick(false);
      return write(draft.seen, draft.said);
    },
    takeOff,
    turn: (one: Responder, on_duty: boolean | null) =>
      run({ what: 'turn', about: one.id }, async (where) => came(await api.turn(where, one.id, on_duty))),
    /** Nothing is decided; what was typed stays. */
    decideLater: () => dispatch({ is: 'settled', how: 'later' }),
    keepTheirs: () => dispatch({ is: 'settled', how: 'theirs' }),
    editAgain: () => dispatch({ is: 'settled', how: 'again' }),
    /** Writes over what they said, by the validator of the very version that was shown. */
    writeMine: () => {
      const { conflict } = now();
      if (conflict === null || conflict.theirs === null) return Promise.resolve();
      const { deed, seen, mine, theirs } = conflict;
      if (deed === 'takeOff') return takeOff(theirs);
      return write(theirs, rebased(fieldsOf(seen), fieldsOf(theirs), mine));
    },

    /** Follows the page from now on; returns how to stop. */
    watch(): () => void {
      const where = computed(() => planner.state.value.region);
      const isLookedAt = computed(() => mayLook.value && desk.state.value.view === 'responders');
      let last = where.peek();
      const stops = [
        // Nobody's name stays for whoever comes next.
        effect(() => {
          const isElsewhere = where.value !== last || !mayLook.value;
          last = where.value;
          if (isElsewhere) untracked(() => dispatch({ is: 'left' }));
        }),
        // While one looks, others change the list, and hours begin and end.
        effect(() => {
          const region = where.value;
          if (!isLookedAt.value || region === null) return;
          return untracked(() => {
            void look();
            const hush = api.listen(region, () => void look());
            const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
            return () => {
              hush();
              clearInterval(timer);
            };
          });
        }),
        picking(
          planner,
          () => store.state.value.picks,
          (at) => dispatch({ is: 'picked', at }),
          () => dispatch({ is: 'picking', picks: false }),
        ),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
