// What the page knows after something has happened. Pure.
import type { Account } from '../shared/accounts.ts';
import { nearest } from './nearest.ts';
import { inOrder } from './outbox/entry.ts';
import { changeOf } from './pack.ts';
import { isFresh } from './position.ts';
import { goneOf, type Run, runOf } from './run.ts';
import { type Event, NO_DRAFT, NO_MAP, type Owed, type State } from './state.ts';

export function next(state: State, event: Event): State {
  switch (event.is) {
    case 'ticked':
      return { ...state, now_ms: event.now_ms, is_evening: event.is_evening };
    case 'languagePicked':
      return { ...state, language: event.language };
    case 'themePicked':
      return { ...state, theme: event.theme };
    case 'tabPicked':
      return {
        ...state,
        tab: event.tab,
        is_outbox_open: false,
        dialog: null,
        reported: event.tab === 'report' ? null : state.reported,
      };
    case 'outboxOpened':
      return { ...state, is_outbox_open: event.open, dialog: null };
    case 'dialogOpened':
      return { ...state, dialog: event.dialog, fault: null };
    case 'lineIs':
      return state.is_online === event.up ? state : { ...state, is_online: event.up };
    case 'begun':
      return { ...state, doing: event.deed, fault: null };
    case 'failed':
      return { ...state, doing: null, fault: { deed: event.deed, fault: event.fault } };
    case 'remembered':
      return { ...state, who: event.who, region: event.region ?? state.region };
    case 'signedIn':
      return signedIn(state, event.account);
    case 'signedOut':
      return {
        ...forgotten(state),
        who: null,
        session: 'none',
        tab: 'task',
        dialog: null,
        region: null,
      };
    case 'sessionIs':
      return {
        ...state,
        session: event.session === 'none' && state.who !== null ? 'ended' : event.session,
      };
    case 'invited':
      return { ...state, invitation: { token: event.token, offer: null }, fault: null };
    case 'offerCame':
      return state.invitation === null
        ? state
        : { ...state, doing: null, invitation: { ...state.invitation, offer: event.offer } };
    case 'invitationLeft':
      return { ...state, invitation: null, fault: null };
    case 'regionsCame':
      return { ...state, regions: event.regions };
    case 'regionPicked':
      return event.region === state.region ? state : { ...forgotten(state), region: event.region };
    case 'packAsked':
      return { ...state, packing: { ...state.packing, is_waiting: true } };
    case 'packCame':
      return packCame(state, event);
    case 'packFailed':
      return { ...state, packing: { is_waiting: false, fault: event.fault } };
    case 'changeSeen':
      return { ...state, change: null };
    case 'seenCame':
      return { ...state, seen: event.seen };
    case 'tookOver':
      return { ...state, doing: null, dialog: null };
    case 'calendarCame':
      return { ...state, doing: null, calendar: event.url };
    case 'answered':
      return {
        ...inDuty(state, (duty) => ({
          ...duty,
          answer: event.answer,
          members: duty.members.map((one) => (one.is_me ? { ...one, answer: event.answer } : one)),
        })),
        owed: owing(state, { answer: event.answer }),
        dialog: null,
      };
    case 'consented':
      return {
        ...consented(state, event.consent),
        owed: owing(state, { consent: event.consent }),
        dialog: null,
      };
    case 'owes':
      return { ...state, owed: event.owed };
    case 'entriesCame':
      return { ...state, entries: inOrder(event.entries) };
    case 'entered':
      return entered(state, event);
    case 'entryIs':
      return {
        ...state,
        entries: state.entries.map((one) => (one.uuid === event.entry.uuid ? event.entry : one)),
      };
    case 'entryGone':
      return {
        ...state,
        entries: state.entries.filter(({ uuid }) => uuid !== event.uuid),
        undo: state.undo?.uuid === event.uuid ? null : state.undo,
        dialog: null,
      };
    case 'sending':
      return { ...state, sending: event.uuid };
    case 'undoOver':
      return { ...state, undo: null };
    case 'located':
      return { ...state, fix: event.fix, locating: 'on' };
    case 'locatingIs':
      return { ...state, locating: event.locating };
    case 'heads':
      return state.heading === event.heading ? state : { ...state, heading: event.heading };
    case 'mapIs':
      return { ...state, map: { ...state.map, ...event.map } };
    case 'chartIs':
      return { ...state, chart: event.chart };
    case 'drafted':
      return { ...state, draft: { ...state.draft, ...event.draft } };
    case 'phoneIs':
      return { ...state, phone: { ...state.phone, ...event.phone } };
    case 'said':
      return { ...state, said: { number: state.said.number + 1, text: event.text } };
  }
}

/** What belongs to one account in one region; entries stay, they are everybody's who used this phone. */
function forgotten(state: State): State {
  return {
    ...state,
    pack: null,
    packing: { is_waiting: false, fault: null },
    change: null,
    seen: null,
    calendar: null,
    owed: null,
    map: NO_MAP,
    draft: NO_DRAFT,
    reported: null,
    undo: null,
  };
}

function signedIn(state: State, account: Pick<Account, 'name' | 'roles'>): State {
  const base = account.name === state.who ? state : forgotten(state);
  // A role in all regions says none: then the first is taken until another is picked.
  const allowed = account.roles.flatMap(({ region }) => (region === null ? [] : [region]));
  const inAll = account.roles.some(({ region }) => region === null);
  const stays = base.region !== null && (inAll || allowed.includes(base.region));
  return {
    ...base,
    who: account.name,
    session: 'there',
    dialog: base.dialog?.is === 'signIn' ? null : base.dialog,
    doing: null,
    fault: null,
    invitation: null,
    region: stays ? base.region : (allowed[0] ?? state.regions[0]?.id ?? null),
  };
}

function packCame(state: State, { pack, at_ms, isKept }: Event & { is: 'packCame' }): State {
  if (pack.region !== state.region) return state;
  const seen = state.pack?.value ?? null;
  const change = changeOf(seen, pack);
  // What was said meanwhile holds until it is told.
  const { owed } = state;
  const isOwn = owed !== null && owed.region === pack.region && owed.account === state.who;
  const came: State = {
    ...state,
    pack: { value: pack, at_ms },
    packing: { is_waiting: isKept === true && state.packing.is_waiting, fault: null },
    change: change ?? (seen?.day === pack.day ? state.change : null),
  };
  const answer = isOwn && owed.day === pack.day ? owed.answer : null;
  const withAnswer =
    answer === null
      ? came
      : inDuty(came, (duty) => ({
          ...duty,
          answer,
          members: duty.members.map((one) => (one.is_me ? { ...one, answer } : one)),
        }));
  return isOwn && owed.consent !== null ? consented(withAnswer, owed.consent) : withAnswer;
}

type Duty = NonNullable<NonNullable<State['pack']>['value']['duty']>;

function inDuty(state: State, change: (duty: Duty) => Duty): State {
  const { pack } = state;
  if (pack === null || pack.value.duty === null) return state;
  return { ...state, pack: { ...pack, value: { ...pack.value, duty: change(pack.value.duty) } } };
}

function consented(state: State, consent: boolean): State {
  const { pack } = state;
  if (pack === null || pack.value.volunteer === null) return state;
  const volunteer = { ...pack.value.volunteer, consent };
  return { ...state, pack: { ...pack, value: { ...pack.value, volunteer } } };
}

function owing({ pack, who, owed }: State, said: Partial<Pick<Owed, 'answer' | 'consent'>>): Owed | null {
  if (pack === null || who === null) return owed;
  const { region, day } = pack.value;
  const isSame = owed !== null && owed.account === who && owed.region === region && owed.day === day;
  return {
    account: who,
    region,
    day,
    answer: isSame ? owed.answer : null,
    consent: isSame ? owed.consent : null,
    ...said,
  };
}

function entered(state: State, { entry, isKept }: Event & { is: 'entered' }): State {
  const { kind } = entry.body;
  const canUndo = state.now_ms < entry.ripe_ms;
  const isReport = kind === 'report';
  return {
    ...state,
    entries: inOrder([...state.entries.filter(({ uuid }) => uuid !== entry.uuid), entry]),
    has_not_kept: state.has_not_kept || !isKept,
    undo: canUndo ? { uuid: entry.uuid, until_ms: entry.ripe_ms } : kind === 'track' ? state.undo : null,
    dialog: kind === 'track' || state.dialog?.is === 'water' ? state.dialog : null,
    draft: isReport ? NO_DRAFT : state.draft,
    reported: isReport ? entry.uuid : state.reported,
  };
}

/** How far one's own patrol is. */
export function ownRun({ entries, who, region, pack }: State): Run {
  return runOf(entries, { account: who, region, day: pack?.value.day ?? null });
}

/** Whether the track is being recorded. */
export const isTracked = (state: State) =>
  state.pack?.value.volunteer?.consent === true && ownRun(state).state === 'active';

export const isDark = ({ theme, is_evening }: State) => theme === 'dark' || (theme === 'auto' && is_evening);

/** The nearest pieces from where one is now. */
export function nearestNow(state: State) {
  const { fix, pack, now_ms, entries } = state;
  if (pack === null || !isFresh(fix, now_ms)) return null;
  return nearest(pack.value, fix.at, goneOf(entries, pack.value));
}

/** A name for what map was saved for. */
export const patrolName = ({ pack }: State): string | null =>
  pack?.value.patrol == null
    ? null
    : `${pack.value.region}/${pack.value.day}/${pack.value.patrol.number}/${pack.value.patrol.team}`;
