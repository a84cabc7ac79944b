// What signed-in people do, one deed at a time: asks the service, and tells what came of it. Every change shows the
// validator of what was seen; where somebody else was faster, nothing is written over what they said.
import type { Grant } from '../../shared/accounts.ts';
import { Refused } from '../../shared/api.ts';
import type { Condition, Crossing, Equipment } from '../../shared/contract.ts';
import type { RegisterApi } from '../../shared/register.ts';
import type { Store } from '../store.ts';
import { bringDeeds } from './bringing/effects.ts';
import { changed, editOf, type Fields, fieldsOf, newPieceOf, rebased } from './draft.ts';
import { mapDeeds } from './drawing/effects.ts';
import { ChangedMeanwhile, faultOf, isOf } from './faults.ts';
import { listDeeds } from './lists/effects.ts';
import { noticeDeeds } from './notices/effects.ts';
import type { OpenedPatrols } from './patrols/patrols.tsx';
import { peopleDeeds } from './people/effects.ts';
import type { OpenedPlacing } from './placing/placing.tsx';
import { pointDeeds } from './points/effects.ts';
import type { OpenedResponders } from './responders/responders.tsx';
import type { OpenedRoster } from './roster/roster.tsx';
import { MOST_TRIES, sentOver } from './sending.ts';
import type { Conflict, Deed, DeskFault, DeskState, Seen, Verb } from './state.ts';
import type { DeskStore } from './store.ts';

/** One's own change is among the last few of the log. */
const LATEST = 20;

/** Deeds that may be done from anywhere: what goes wrong is said in passing. */
const NOWHERE: readonly Deed[] = ['undo', 'signOut'];

export interface Told {
  /** Said in passing; what is wrong is said where it was tried. */
  saved(name: string): void;
  retired(name: string): void;
  crossingIs(name: string, state: 'open' | 'closed', is_mine: boolean): void;
  undone(): void;
  imported(n: number): void;
  struck(name: string): void;
  passwordSet(): void;
  failed(fault: DeskFault): void;
  decided(state: 'confirmed' | 'rejected'): void;
}

/** What the deeds of one part need of another's. */
export interface Hands {
  readonly desk: DeskStore;
  readonly planner: Store;
  readonly api: RegisterApi;
  readonly told: Told;
  region(): string;
  doing(deed: Deed, run: () => Promise<void>, about?: string): Promise<void>;
  remember(id: string, verb: Verb, name: string): Promise<void>;
  /** How many steps the what-ifs' history has. */
  since(): number;
  closeDraft(): void;
}

export type Deeds = ReturnType<typeof deedsOf>;

export function deedsOf(desk: DeskStore, planner: Store, api: RegisterApi, told: Told) {
  const { dispatch } = desk;
  const now = (): DeskState => desk.state.peek();
  const region = () => planner.state.peek().region ?? '';
  const since = () => planner.state.peek().scenario.past.length;

  /** Who waits for the deed that is under way. */
  let last = Promise.resolve();

  /** Runs one deed after another; the same one asked for twice is done once. What goes wrong is told at it. */
  function doing(deed: Deed, run: () => Promise<void>, about?: string): Promise<void> {
    if (now().doing === deed) return last;
    last = now().doing === null ? one(deed, run, about) : last.then(() => one(deed, run, about));
    return last;
  }

  async function one(deed: Deed, run: () => Promise<void>, about?: string): Promise<void> {
    dispatch({ is: 'begun', deed });
    try {
      await run();
      if (now().doing === deed) dispatch({ is: 'done' });
    } catch (cause) {
      const fault = faultOf(cause);
      if (about === undefined && NOWHERE.includes(deed)) told.failed(fault);
      dispatch({ is: 'failed', deed, fault, ...(about === undefined ? {} : { about }) });
    }
  }

  /**
   * What has just been changed becomes a step to undo, known by its entry in the audit log; only then is it told, so that
   * whoever undoes at once undoes that.
   */
  async function remember(id: string, verb: Verb, name: string): Promise<void> {
    const who = now().account?.name;
    try {
      const { entries } = await api.audit(region(), LATEST, null);
      const entry = entries.find((one) => one.thing_id === id && one.who === who)?.id;
      if (entry !== undefined) dispatch({ is: 'stepMade', step: { entry, verb, name, since: since() } });
    } catch {
      // The change is kept; it can still be undone from the history.
    }
  }

  async function look(id: string): Promise<Seen> {
    const { body, etag } = await api.piece(region(), id);
    return { fields: fieldsOf(body), etag: etag ?? '' };
  }

  /** What comes of something about a piece, or `gone` where somebody has taken the piece away. */
  async function orGone<T>(asked: Promise<T>): Promise<T | 'gone'> {
    try {
      return await asked;
    } catch (cause) {
      if (isOf(cause, 404)) return 'gone';
      throw cause;
    }
  }

  const sent = (id: string, seen: Seen, send: (etag: string) => Promise<unknown>) =>
    orGone(
      sentOver(
        seen,
        send,
        () => look(id),
        (theirs) => changed(seen.fields, theirs.fields).length === 0,
      ),
    );

  function closeDraft(): void {
    dispatch({ is: 'draftClosed' });
    planner.dispatch({ is: 'marked', at: null });
  }

  async function write(id: string, code: string, seen: Seen, mine: Fields): Promise<void> {
    const edit = editOf(seen.fields, mine);
    const others = await sent(id, seen, (etag) => api.editPiece(region(), id, edit, etag));
    if (others !== null) {
      const theirs = others === 'gone' ? null : others;
      const conflict: Conflict = { deed: 'edit', id, code, base: seen.fields, mine, theirs };
      dispatch({ is: 'conflicted', conflict });
      return;
    }
    closeDraft();
    const isMove = changed(seen.fields, mine).join() === 'at';
    await remember(id, isMove ? 'move' : 'edit', code);
    told.saved(code);
  }

  async function retireSeen(id: string, code: string, seen: Seen): Promise<void> {
    const others = await sent(id, seen, (etag) => api.retirePiece(region(), id, etag));
    if (others !== null && others !== 'gone') {
      const { fields } = seen;
      dispatch({
        is: 'conflicted',
        conflict: { deed: 'retire', id, code, base: fields, mine: fields, theirs: others },
      });
      return;
    }
    closeDraft();
    planner.dispatch({ is: 'selected', selection: null });
    if (others === null) await remember(id, 'retire', code);
    told.retired(code);
  }

  async function turn(which: 'mine' | 'unmade'): Promise<void> {
    const step = now()[which].at(-1);
    if (step === undefined) return;
    await doing('undo', async () => {
      try {
        const { id } = await api.undo(region(), step.entry);
        const is = which === 'mine' ? 'stepUndone' : 'stepRedone';
        dispatch({ is, entry: id, since: since() });
        told.undone();
      } catch (cause) {
        // What cannot be taken back any more does not stand in the way of what was done before it.
        if (cause instanceof Refused && cause.problem.status !== 401) {
          dispatch({ is: 'stepLost', which });
        }
        throw cause;
      }
    });
  }

  const hands: Hands = { desk, planner, api, told, region, doing, remember, since, closeDraft };
  const notices = noticeDeeds(hands);
  /** Opened once, since what it has found lives on. */
  let placing: OpenedPlacing | null = null;
  async function openPlacing(): Promise<OpenedPlacing> {
    const { openPlacing } = await import('./placing/placing.tsx');
    placing ??= openPlacing(hands);
    return placing;
  }
  let patrols: OpenedPatrols | null = null;
  async function openPatrols(): Promise<OpenedPatrols> {
    const { openPatrols } = await import('./patrols/patrols.tsx');
    patrols ??= openPatrols(hands);
    return patrols;
  }
  let roster: OpenedRoster | null = null;
  async function openRoster(): Promise<OpenedRoster> {
    const { openRoster } = await import('./roster/roster.tsx');
    roster ??= openRoster(hands);
    return roster;
  }
  let responders: OpenedResponders | null = null;
  async function openResponders(): Promise<OpenedResponders> {
    const { openResponders } = await import('./responders/responders.tsx');
    responders ??= openResponders(hands);
    return responders;
  }
  return {
    ...listDeeds(hands, notices.listNotices),
    ...notices,
    ...mapDeeds(hands),
    ...pointDeeds(hands),
    ...peopleDeeds(hands),
    ...bringDeeds(hands),
    openPlacing,
    openPatrols,
    openRoster,
    openResponders,
    /** Says something to whoever looks for new places, and shows that part. */
    forPlaces: (say: (places: OpenedPlacing) => void) =>
      doing('look', async () => {
        say(await openPlacing());
        dispatch({ is: 'viewPicked', view: 'sites' });
        planner.dispatch({ is: 'tabPicked', tab: 'desk' });
      }),
    resume: () =>
      doing('look', async () => {
        dispatch({ is: 'signedIn', account: (await api.session()).account });
      }),
    signIn: (name: string, password: string) =>
      doing('signIn', async () => {
        dispatch({ is: 'signedIn', account: (await api.signIn(name, password)).account });
      }),
    /** What the provider is called; nobody misses it where it cannot be told. */
    provider: async () => {
      try {
        return await api.provider();
      } catch {
        return null;
      }
    },
    /** Leaves the page for the provider's. */
    goToProvider: (invited: { token: string; name: string } | null) =>
      doing('provider', async () => {
        location.assign((await api.beginWithProvider(invited)).location);
      }),
    /** Whoever has come back without being let in is told why; an older session goes on. */
    cameBack: async (kind: string) => {
      await doing('look', async () => {
        dispatch({ is: 'signedIn', account: (await api.session()).account });
      });
      dispatch({ is: 'dialogOpened', dialog: { what: 'signIn', has_ended: false } });
      const fault = { what: 'refused', kind, why: kind, retry_after_s: null } as const;
      dispatch({ is: 'failed', deed: 'provider', fault });
    },
    signOut: () =>
      doing('signOut', async () => {
        await api.signOut();
        planner.dispatch({ is: 'marked', at: null });
        dispatch({ is: 'signedIn', account: null });
      }),
    setPassword: (old: string, password: string) =>
      doing('password', async () => {
        await api.setPassword(old, password);
        dispatch({ is: 'dialogOpened', dialog: null });
        told.passwordSet();
      }),
    invited: (token: string) => {
      dispatch({ is: 'dialogOpened', dialog: { what: 'invitation', token, looked: null } });
      return doing('look', async () => {
        // Who is signed in already keeps the account: the role is added to it.
        dispatch({ is: 'signedIn', account: (await api.session()).account });
        dispatch({ is: 'dialogOpened', dialog: { what: 'invitation', token, looked: null } });
        dispatch({ is: 'looked', token, invitation: await api.lookAt(token) });
      });
    },
    accept: (token: string, who: { name: string; password: string } | null) =>
      doing('accept', async () => {
        dispatch({ is: 'signedIn', account: (await api.accept(token, who)).account });
      }),
    openInvitations: () => {
      dispatch({ is: 'dialogOpened', dialog: { what: 'invite', made: null, open: null } });
      return doing('look', async () => {
        dispatch({ is: 'invitationsCame', open: await api.invitations() });
      });
    },
    invite: (grant: Grant) =>
      doing('invite', async () => {
        dispatch({ is: 'invited', made: await api.invite(grant) });
        dispatch({ is: 'invitationsCame', open: await api.invitations() });
      }),
    withdraw: (id: number) =>
      doing('invite', async () => {
        await api.withdraw(id);
        dispatch({ is: 'invitationsCame', open: await api.invitations() });
      }),

    edit: (id: string) =>
      doing('edit', async () => {
        const { body, etag } = await api.piece(region(), id);
        dispatch({ is: 'draftOpened', piece: body, etag: etag ?? '' });
        planner.dispatch({ is: 'marked', at: fieldsOf(body).at });
      }),
    closeDraft,
    save: () => {
      const { draft } = now();
      const at = planner.state.peek().marked;
      if (draft === null || at === null) return Promise.resolve();
      const mine: Fields = { ...draft.said, at };
      return doing('save', async () => {
        if (draft.id !== null && draft.seen !== null) {
          if (changed(draft.seen.fields, mine).length === 0) closeDraft();
          else await write(draft.id, draft.code, draft.seen, mine);
          return;
        }
        const { body } = await api.addPiece(region(), newPieceOf(mine));
        const { id, code } = body.properties;
        closeDraft();
        planner.dispatch({ is: 'selected', selection: { what: 'piece', id } });
        await remember(id, 'add', code);
        told.saved(code);
      });
    },
    askRetire: (id: string) =>
      doing('edit', async () => {
        const { body, etag } = await api.piece(region(), id);
        const seen = { fields: fieldsOf(body), etag: etag ?? '' };
        const { code } = body.properties;
        dispatch({ is: 'dialogOpened', dialog: { what: 'retire', id, code, seen } });
      }),
    retire: () => {
      const { dialog } = now();
      if (dialog?.what !== 'retire') return Promise.resolve();
      return doing('retire', () => retireSeen(dialog.id, dialog.code, dialog.seen));
    },
    keepTheirs: () => {
      const { dialog } = now();
      closeDraft();
      if (dialog?.what !== 'conflict' || dialog.conflict.theirs !== null) return;
      planner.dispatch({ is: 'selected', selection: null });
    },
    /** Writes over what they said, by the validator of the very version that was shown. */
    writeMine: () => {
      const { dialog } = now();
      if (dialog?.what !== 'conflict' || dialog.conflict.theirs === null) return Promise.resolve();
      const { deed, id, code, base, mine, theirs } = dialog.conflict;
      if (deed === 'retire') return doing('retire', () => retireSeen(id, code, theirs));
      return doing('save', () => write(id, code, theirs, rebased(base, theirs.fields, mine)));
    },
    editAgain: () => {
      const { dialog } = now();
      if (dialog?.what !== 'conflict' || dialog.conflict.theirs === null) return;
      const { base, mine, theirs } = dialog.conflict;
      const { at, ...said } = rebased(base, theirs.fields, mine);
      dispatch({ is: 'draftRebased', seen: theirs, said });
      planner.dispatch({ is: 'marked', at });
    },

    /** Closes what was seen open, or opens what was seen closed; whoever was faster with the same is left alone. */
    setCrossing: (crossing: Crossing, name: string) =>
      doing('crossing', async () => {
        const { id, state: seen } = crossing.properties;
        const wanted = seen === 'open' ? ('closed' as const) : ('open' as const);
        for (let tries = 0; tries < MOST_TRIES; tries += 1) {
          const { body, etag } = await api.crossing(region(), id);
          if (body.properties.state === wanted) {
            told.crossingIs(name, wanted, false);
            return;
          }
          try {
            await api.setCrossing(region(), id, wanted, etag ?? '');
            await remember(id, wanted === 'open' ? 'open' : 'close', name);
            told.crossingIs(name, wanted, true);
            return;
          } catch (cause) {
            if (!isOf(cause, 412)) throw cause;
          }
        }
        throw new Error('the region changes faster than anything can be written');
      }),

    /** Somebody has looked at the piece today, and found it like this. */
    inspect: (piece: Equipment, condition: Condition) =>
      doing('inspect', async () => {
        const { id, code } = piece.properties;
        const seen = await orGone(look(id));
        // What one looked at on the page must be what is there: else one looks again.
        const isOld = seen === 'gone' || changed(fieldsOf(piece), seen.fields).length > 0;
        const others = isOld
          ? 'gone'
          : await sent(id, seen, (etag) => api.inspect(region(), id, condition, etag));
        if (others !== null) throw new ChangedMeanwhile();
        await remember(id, 'edit', code);
        told.saved(code);
      }),

    undo: () => turn('mine'),
    redo: () => turn('unmade'),
  };
}
