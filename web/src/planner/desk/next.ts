// What every event makes of the register's part of the page: pure, and the only place where it changes.
import { fieldsOf } from './draft.ts';
import { type DeskEvent, type DeskState, NOBODY, type Said, type Step } from './state.ts';

const MOST_STEPS = 100;
const NO_LISTS = {
  crossings: null,
  waters: null,
  due: null,
  reports: null,
  points: null,
  notices: null,
  webhooks: null,
  corrections: null,
  settings: null,
} as const;
const DONE = { doing: null, fault: null } as const;

export function next(state: DeskState, event: DeskEvent): DeskState {
  switch (event.is) {
    case 'begun':
      return { ...state, doing: event.deed, fault: null };
    case 'failed':
      return failed(state, event);
    case 'done':
      return { ...state, ...DONE };
    case 'signedIn':
      return signedIn(state, event.account);
    case 'dialogOpened':
      return { ...state, dialog: event.dialog, fault: null };
    case 'looked':
      return state.dialog?.what === 'invitation' && state.dialog.token === event.token
        ? { ...state, dialog: { ...state.dialog, looked: event.invitation } }
        : state;
    case 'invited':
      return state.dialog?.what === 'invite'
        ? { ...state, dialog: { ...state.dialog, made: event.made } }
        : state;
    case 'invitationsCame':
      return state.dialog?.what === 'invite' || state.dialog?.what === 'accounts'
        ? { ...state, dialog: { ...state.dialog, open: event.open } }
        : state;
    case 'accountsCame':
      return state.dialog?.what === 'accounts'
        ? { ...state, dialog: { ...state.dialog, accounts: event.accounts } }
        : state;
    case 'keysCame':
      return state.dialog?.what === 'keys' ? { ...state, dialog: keysCame(state.dialog, event.keys) } : state;
    case 'keyMade':
      return state.dialog?.what === 'keys'
        ? { ...state, dialog: { ...state.dialog, made: event.made } }
        : state;
    case 'draftOpened': {
      const { id, code } = event.piece.properties;
      const fields = fieldsOf(event.piece);
      return {
        ...state,
        ...DONE,
        point: null,
        draft: { id, code, seen: { fields, etag: event.etag }, said: saidOf(fields) },
      };
    }
    case 'newDraftOpened':
      return {
        ...state,
        ...DONE,
        point: null,
        draft: {
          id: null,
          code: '',
          seen: null,
          said: { kind: event.kind, condition: 'usable', name: '', inspected_on: '', note: '' },
        },
      };
    case 'saidSo':
      return state.draft === null
        ? state
        : { ...state, draft: { ...state.draft, said: { ...state.draft.said, ...event.said } } };
    case 'draftClosed':
      return { ...state, ...DONE, draft: null, point: null, dialog: null };
    case 'pointOpened':
      return { ...state, ...DONE, draft: null, point: event.point };
    case 'pointSaidSo':
      return state.point === null
        ? state
        : { ...state, point: { ...state.point, said: { ...state.point.said, ...event.said } } };
    case 'sketchOpened':
      return { ...state, sketch: event.sketch, fault: null };
    case 'broughtIs':
      return { ...state, brought: event.brought };
    case 'conflicted':
      return { ...state, ...DONE, dialog: { what: 'conflict', conflict: event.conflict } };
    case 'draftRebased':
      return state.draft === null
        ? state
        : { ...state, ...DONE, dialog: null, draft: { ...state.draft, seen: event.seen, said: event.said } };
    case 'stepMade':
      return { ...state, mine: [...state.mine, event.step].slice(-MOST_STEPS), unmade: [] };
    case 'stepUndone':
      return { ...state, ...DONE, ...turned(state.mine, state.unmade, event, 'mine', 'unmade') };
    case 'stepRedone':
      return { ...state, ...DONE, ...turned(state.unmade, state.mine, event, 'unmade', 'mine') };
    case 'stepLost':
      return { ...state, [event.which]: state[event.which].slice(0, -1) };
    case 'stepForgotten':
      return { ...state, mine: state.mine.filter((step) => step.entry !== event.entry) };
    case 'viewPicked':
      return { ...state, view: event.view, fault: null };
    case 'historyCame':
      return { ...state, history: event.history };
    case 'olderCame':
      return state.history?.region === event.history.region
        ? {
            ...state,
            history: {
              ...event.history,
              entries: [...state.history.entries, ...event.history.entries],
            },
          }
        : state;
    case 'listCame': {
      const known = state.lists?.region === event.region ? state.lists : NO_LISTS;
      return { ...state, lists: { ...known, ...event.list, region: event.region } };
    }
  }
}

/** Who is not known any more is asked again; what was typed stays. */
function failed(state: DeskState, { deed, fault, about }: Extract<DeskEvent, { is: 'failed' }>): DeskState {
  const told = { ...state, doing: null, fault: { deed, fault, about: about ?? null } };
  const hasEnded = fault.what === 'refused' && fault.kind === 'not-signed-in' && state.account !== null;
  return hasEnded
    ? { ...told, fault: null, account: null, dialog: { what: 'signIn', has_ended: true } }
    : told;
}

type KeysDialog = Extract<DeskState['dialog'], { what: 'keys' }>;

/** A key that was made and is gone already is not shown any longer. */
function keysCame(dialog: KeysDialog, keys: NonNullable<KeysDialog['keys']>): KeysDialog {
  const isThere = keys.some(({ id }) => id === dialog.made?.id);
  return { ...dialog, keys, made: isThere ? dialog.made : null };
}

/** Another account: nothing of the last one stays but what is being typed. */
function signedIn(state: DeskState, account: DeskState['account']): DeskState {
  const isSame = account !== null && account.id === state.account?.id;
  const typed = account === null ? {} : { draft: state.draft, point: state.point };
  const kept = isSame ? state : { ...NOBODY, ...typed, view: state.view };
  return { ...kept, ...DONE, account, dialog: null };
}

function saidOf({ kind, condition, name, inspected_on, note }: Said): Said {
  return { kind, condition, name, inspected_on, note };
}

/** The last step of one pile goes to the other, known by the entry that took it back. */
function turned(
  from: readonly Step[],
  to: readonly Step[],
  { entry, since }: { entry: number; since: number },
  fromName: 'mine' | 'unmade',
  toName: 'mine' | 'unmade',
): Partial<DeskState> {
  const step = from.at(-1);
  if (step === undefined) return {};
  return { [fromName]: from.slice(0, -1), [toName]: [...to, { ...step, entry, since }] };
}
