// All that the volunteer's page knows, and what may happen to it.
import type { Account, Invitation } from '../shared/accounts.ts';
import type { LonLat } from '../shared/contract.ts';
import type { Answer, Checked, How, Pack, Piece, Reason, Stop, Wanted } from '../shared/duty.ts';
import type { TeamSeen } from '../shared/roster.ts';
import type { Language } from '../shared/words.ts';
import type { Entry } from './outbox/entry.ts';
import type { Change } from './pack.ts';
import type { Fix } from './position.ts';

export type Tab = 'task' | 'map' | 'report' | 'me';
export type Theme = 'auto' | 'dark' | 'light';

export type Fault =
  | { readonly what: 'unreachable' }
  | { readonly what: 'refused'; readonly kind: string; readonly why: string };

export type Deed = 'signIn' | 'accept' | 'look' | 'takeOver' | 'calendar';

/** What was said without a line, and is still to be told. */
export interface Owed {
  readonly account: string;
  readonly region: string;
  readonly day: string;
  readonly answer: Answer | null;
  readonly consent: boolean | null;
}

/** What the own team had seen of an evening's patrol, and when the service was asked. */
export interface Seen {
  readonly day: string;
  readonly patrol: number;
  readonly team: TeamSeen;
  readonly at_ms: number;
}

/** The map of the way, as far as the phone has it. */
export interface SavedMap {
  readonly is: 'none' | 'saving' | 'saved' | 'partly' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  /** Whose way it is, and where its tiles are. */
  readonly patrol: string | null;
  readonly address: string | null;
  readonly attribution: string;
}
export const NO_MAP: SavedMap = {
  is: 'none',
  done: 0,
  of: 0,
  failed: 0,
  patrol: null,
  address: null,
  attribution: '',
};

export type Dialog =
  | { readonly is: 'consent' }
  | { readonly is: 'skip'; readonly stop: Stop }
  | { readonly is: 'far'; readonly stop: Stop; readonly m: number }
  | { readonly is: 'finish' }
  | { readonly is: 'code' }
  | { readonly is: 'piece'; readonly piece: Piece; readonly how: How }
  | { readonly is: 'drop'; readonly uuid: string }
  | { readonly is: 'water' }
  | { readonly is: 'reminder' }
  | { readonly is: 'cannot' }
  | { readonly is: 'hands' }
  | { readonly is: 'takeOver'; readonly wanted: Wanted }
  | { readonly is: 'calendar' }
  | { readonly is: 'print' }
  | { readonly is: 'signIn' }
  | { readonly is: 'signOut' };

export type ReportKind = 'missing' | 'damaged' | 'moved' | 'blocked' | 'rail' | 'other';

export interface Draft {
  readonly kind: ReportKind | null;
  /** `null`: none; otherwise chosen by hand. */
  readonly piece: Piece | null;
  /** Whether the piece was chosen, or left out, by hand: the nearest is not put in its place any more. */
  readonly is_chosen: boolean;
  readonly note: string;
  readonly photos: readonly Blob[];
}
export const NO_DRAFT: Draft = { kind: null, piece: null, is_chosen: false, note: '', photos: [] };

/** Everything that may stand in the way of working without a line, and what is known of it. */
export interface Phone {
  readonly offline: 'unknown' | 'ready' | 'not';
  readonly keeps: boolean;
  readonly lasting: 'unknown' | 'yes' | 'no';
  readonly can_install: boolean;
  readonly has_update: boolean;
  /** `null` where the browser does not tell. */
  readonly battery: { readonly percent: number; readonly is_charging: boolean } | null;
}

export interface State {
  readonly language: Language;
  readonly theme: Theme;
  readonly is_evening: boolean;
  readonly now_ms: number;
  readonly tab: Tab;
  readonly is_outbox_open: boolean;
  readonly dialog: Dialog | null;
  readonly is_online: boolean;
  /** Who is signed in, or was when the service was last heard. */
  readonly who: string | null;
  readonly session: 'asking' | 'there' | 'none' | 'ended' | 'unknown';
  readonly invitation: { readonly token: string; readonly offer: Invitation | null } | null;
  readonly doing: Deed | null;
  readonly fault: { readonly deed: Deed; readonly fault: Fault } | null;
  readonly regions: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[];
  readonly region: string | null;
  readonly pack: { readonly value: Pack; readonly at_ms: number } | null;
  readonly packing: { readonly is_waiting: boolean; readonly fault: Fault | null };
  readonly change: Change | null;
  readonly seen: Seen | null;
  /** The address of one's own calendar, which is shown this once. */
  readonly calendar: string | null;
  readonly owed: Owed | null;
  readonly entries: readonly Entry[];
  readonly sending: string | null;
  readonly has_not_kept: boolean;
  readonly undo: { readonly uuid: string; readonly until_ms: number } | null;
  readonly fix: Fix | null;
  readonly locating: 'unasked' | 'asking' | 'on' | 'refused' | 'failed';
  /** Degrees from north; `null` where no compass tells. */
  readonly heading: number | null;
  readonly map: SavedMap;
  readonly chart: 'waiting' | 'there' | 'none' | 'failed';
  readonly draft: Draft;
  readonly reported: string | null;
  readonly phone: Phone;
  readonly said: { readonly number: number; readonly text: string };
}

export type Event =
  | { readonly is: 'ticked'; readonly now_ms: number; readonly is_evening: boolean }
  | { readonly is: 'languagePicked'; readonly language: Language }
  | { readonly is: 'themePicked'; readonly theme: Theme }
  | { readonly is: 'tabPicked'; readonly tab: Tab }
  | { readonly is: 'outboxOpened'; readonly open: boolean }
  | { readonly is: 'dialogOpened'; readonly dialog: Dialog | null }
  | { readonly is: 'lineIs'; readonly up: boolean }
  | { readonly is: 'begun'; readonly deed: Deed }
  | { readonly is: 'failed'; readonly deed: Deed; readonly fault: Fault }
  | { readonly is: 'remembered'; readonly who: string | null; readonly region: string | null }
  | { readonly is: 'signedIn'; readonly account: Pick<Account, 'name' | 'roles'> }
  | { readonly is: 'signedOut' }
  /** The service knows nobody any more, or cannot be asked. */
  | { readonly is: 'sessionIs'; readonly session: 'none' | 'unknown' }
  | { readonly is: 'invited'; readonly token: string }
  | { readonly is: 'offerCame'; readonly offer: Invitation }
  | { readonly is: 'invitationLeft' }
  | { readonly is: 'regionsCame'; readonly regions: State['regions'] }
  | { readonly is: 'regionPicked'; readonly region: string }
  | { readonly is: 'packAsked' }
  | { readonly is: 'packCame'; readonly pack: Pack; readonly at_ms: number; readonly isKept?: boolean }
  | { readonly is: 'packFailed'; readonly fault: Fault }
  | { readonly is: 'changeSeen' }
  | { readonly is: 'seenCame'; readonly seen: Seen }
  | { readonly is: 'tookOver' }
  | { readonly is: 'calendarCame'; readonly url: string }
  | { readonly is: 'answered'; readonly answer: Answer }
  | { readonly is: 'consented'; readonly consent: boolean }
  | { readonly is: 'owes'; readonly owed: Owed | null }
  | { readonly is: 'entriesCame'; readonly entries: readonly Entry[] }
  | { readonly is: 'entered'; readonly entry: Entry; readonly isKept: boolean }
  | { readonly is: 'entryIs'; readonly entry: Entry }
  | { readonly is: 'entryGone'; readonly uuid: string }
  | { readonly is: 'sending'; readonly uuid: string | null }
  | { readonly is: 'undoOver' }
  | { readonly is: 'located'; readonly fix: Fix }
  | { readonly is: 'locatingIs'; readonly locating: State['locating'] }
  | { readonly is: 'heads'; readonly heading: number | null }
  | { readonly is: 'mapIs'; readonly map: Partial<SavedMap> }
  | { readonly is: 'chartIs'; readonly chart: State['chart'] }
  | { readonly is: 'drafted'; readonly draft: Partial<Draft> }
  | { readonly is: 'phoneIs'; readonly phone: Partial<Phone> }
  | { readonly is: 'said'; readonly text: string };

/** A deed that the page's frame does for a panel: each is kept on the phone first. */
export interface CheckInAsked {
  readonly stop: Stop;
  readonly isFarFine: boolean;
}
export interface PieceAsked {
  readonly piece: Piece;
  readonly condition: Checked;
  readonly how: How | null;
  readonly stretch: string | null;
}
export type SkipAsked = { readonly stop: Stop; readonly reason: Reason };

export interface Memory {
  readonly language: Language;
  readonly theme: Theme;
}

export function opened({ language, theme }: Memory, now_ms: number, is_evening: boolean): State {
  return {
    language,
    theme,
    is_evening,
    now_ms,
    tab: 'task',
    is_outbox_open: false,
    dialog: null,
    is_online: true,
    who: null,
    session: 'asking',
    invitation: null,
    doing: null,
    fault: null,
    regions: [],
    region: null,
    pack: null,
    packing: { is_waiting: false, fault: null },
    change: null,
    seen: null,
    calendar: null,
    owed: null,
    entries: [],
    sending: null,
    has_not_kept: false,
    undo: null,
    fix: null,
    locating: 'unasked',
    heading: null,
    map: NO_MAP,
    chart: 'waiting',
    draft: NO_DRAFT,
    reported: null,
    phone: {
      offline: 'unknown',
      keeps: true,
      lasting: 'unknown',
      can_install: false,
      has_update: false,
      battery: null,
    },
    said: { number: 0, text: '' },
  };
}

/** The place as it is entered, if it is known now. */
export interface PlaceNow {
  readonly place: LonLat | null;
  readonly accuracy_m: number | null;
}
