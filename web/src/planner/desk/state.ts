// All that the register's part of the page knows, and what may happen to it.
import type {
  Account,
  AccountSeen,
  Invitation,
  Key,
  MadeKey,
  NewInvitation,
  OpenInvitation,
} from '../../shared/accounts.ts';
import type {
  AuditEntry,
  Column,
  Correction,
  Crossing,
  DuePage,
  Equipment,
  Kind,
  Notice,
  Preview,
  Report,
  RescuePoint,
  Setting,
  Water,
} from '../../shared/contract.ts';
import type { ImportAsked } from '../../shared/register.ts';
import type { Delivery, Webhook } from '../../shared/webhooks.ts';
import type { Fields } from './draft.ts';
import type { PointFields } from './points/draft.ts';

/** Why something could not be done. */
export type DeskFault =
  | { readonly what: 'unreachable' }
  /** The service refused: by the name of the problem, and in its own words. */
  | {
      readonly what: 'refused';
      readonly kind: string;
      readonly why: string;
      readonly retry_after_s: number | null;
    };

/** What is being done, one thing at a time; a fault is shown where it was tried. */
export type Deed =
  | 'signIn'
  /** Signing in where somebody else keeps the password. */
  | 'provider'
  | 'signOut'
  | 'look'
  | 'accept'
  | 'password'
  | 'invite'
  | 'account'
  | 'key'
  | 'edit'
  | 'save'
  | 'retire'
  | 'crossing'
  | 'undo'
  | 'inspect'
  | 'grade'
  | 'decide'
  | 'draw'
  | 'turn'
  | 'strike'
  /** A rescue point is looked at, to edit it or to give it up. */
  | 'point'
  | 'savePoint'
  | 'retirePoint'
  /** A file is read, or imported. */
  | 'preview'
  | 'import'
  /** A notice is written, edited or withdrawn. */
  | 'notice'
  /** A webhook is added, looked at or removed. */
  | 'webhook'
  /** Something that is listed is asked for. */
  | 'list';

/** A piece as it was seen, and the validator of that. */
export interface Seen {
  readonly fields: Fields;
  readonly etag: string;
}

export type Said = Omit<Fields, 'at'>;

export interface Draft {
  /** `null` for a piece that is to be put up. */
  readonly id: string | null;
  readonly code: string;
  readonly seen: Seen | null;
  /** All but the place, which is marked on the map. */
  readonly said: Said;
}

/** A rescue point as it was seen, and the validator of that. */
export interface PointSeen {
  readonly fields: PointFields;
  readonly etag: string;
}

export interface PointSaid {
  readonly name: string;
  readonly note: string;
  /** `null` for those that stand beside a new one. */
  readonly pieces: readonly string[] | null;
}

export interface PointDraft {
  /** `null` for one that is to be made. */
  readonly id: string | null;
  readonly seen: PointSeen | null;
  /** All but the place, which is marked on the map. */
  readonly said: PointSaid;
  /** What somebody else has made of it since it was opened. */
  readonly theirs: PointFields | null;
}

/** Two people have changed the same piece. */
export interface Conflict {
  readonly deed: 'edit' | 'retire';
  readonly id: string;
  readonly code: string;
  readonly base: Fields;
  readonly mine: Fields;
  /** `null` where they took it away. */
  readonly theirs: Seen | null;
}

export type Dialog =
  | { readonly what: 'signIn'; readonly has_ended: boolean }
  | { readonly what: 'invitation'; readonly token: string; readonly looked: Invitation | null }
  | { readonly what: 'password' }
  | {
      readonly what: 'invite';
      readonly made: NewInvitation | null;
      readonly open: readonly OpenInvitation[] | null;
    }
  | {
      readonly what: 'accounts';
      readonly accounts: readonly AccountSeen[] | null;
      readonly open: readonly OpenInvitation[] | null;
    }
  | { readonly what: 'keys'; readonly keys: readonly Key[] | null; readonly made: MadeKey | null }
  | { readonly what: 'retire'; readonly id: string; readonly code: string; readonly seen: Seen }
  | { readonly what: 'retirePoint'; readonly id: string; readonly seen: PointSeen }
  | { readonly what: 'conflict'; readonly conflict: Conflict };

export type Verb =
  | 'add'
  | 'edit'
  | 'move'
  | 'retire'
  | 'open'
  | 'close'
  | 'grade'
  | 'draw'
  | 'strike'
  | 'takeBack'
  | 'turn'
  | 'import';

/** A change that was made here and can be taken back. */
export interface Step {
  /** Its entry in the audit log. */
  readonly entry: number;
  readonly verb: Verb;
  readonly name: string;
  /** How many steps the what-ifs' history had then: the two are undone in the order in which they were made. */
  readonly since: number;
}

export interface History {
  readonly region: string;
  readonly entries: readonly AuditEntry[];
  /** Older entries than this one are on the next page; `null` where there is none. */
  readonly before: number | null;
}

export const VIEWS = [
  'pieces',
  'inspections',
  'reports',
  'crossings',
  'waters',
  'points',
  'sites',
  'patrols',
  'roster',
  'responders',
  'notices',
  'map',
  'settings',
  'history',
] as const;
export type View = (typeof VIEWS)[number];

/** What can be drawn on the map. */
export const SKETCHES = ['path', 'bridge', 'water'] as const;

/** What is said of what is being drawn; its corners are on the map. */
export interface Sketched {
  readonly what: (typeof SKETCHES)[number];
  readonly kind: string;
  readonly name: string;
}

/** What is listed of a region, once it has been asked for. */
export interface Lists {
  readonly region: string;
  readonly crossings: readonly Crossing[] | null;
  readonly waters: readonly Water[] | null;
  readonly due: DuePage | null;
  readonly reports: readonly Report[] | null;
  readonly corrections: readonly Correction[] | null;
  readonly settings: readonly Setting[] | null;
  readonly points: readonly RescuePoint[] | null;
  readonly notices: readonly Notice[] | null;
  /** Those of all regions; for administrators. */
  readonly webhooks: readonly Told[] | null;
}

/** A webhook, and what it was told lately, the latest first. */
export interface Told {
  readonly webhook: Webhook;
  readonly deliveries: readonly Delivery[];
}

/** A file that somebody has brought, and what it would do. */
export interface Brought {
  readonly file: File;
  readonly asked: ImportAsked;
  /** `null` until it has been read. */
  readonly preview: Preview | null;
  /** The columns of a table in which those that are needed were not found; else `null`. */
  readonly unread: readonly Column[] | null;
  readonly etag: string;
}

export interface DeskState {
  readonly account: Account | null;
  readonly doing: Deed | null;
  /** `about` tells one of many: an entry of the log, a water, a report, a rescue point, an account, a key. */
  readonly fault: { readonly deed: Deed; readonly fault: DeskFault; readonly about: string | null } | null;
  readonly dialog: Dialog | null;
  readonly draft: Draft | null;
  readonly sketch: Sketched | null;
  readonly point: PointDraft | null;
  readonly brought: Brought | null;
  readonly mine: readonly Step[];
  readonly unmade: readonly Step[];
  readonly view: View;
  readonly history: History | null;
  readonly lists: Lists | null;
}

export type DeskEvent =
  | { readonly is: 'begun'; readonly deed: Deed }
  | { readonly is: 'failed'; readonly deed: Deed; readonly fault: DeskFault; readonly about?: string }
  | { readonly is: 'done' }
  | { readonly is: 'signedIn'; readonly account: Account | null }
  | { readonly is: 'dialogOpened'; readonly dialog: Dialog | null }
  | { readonly is: 'looked'; readonly token: string; readonly invitation: Invitation }
  | { readonly is: 'invited'; readonly made: NewInvitation }
  | { readonly is: 'invitationsCame'; readonly open: readonly OpenInvitation[] }
  | { readonly is: 'accountsCame'; readonly accounts: readonly AccountSeen[] }
  | { readonly is: 'keysCame'; readonly keys: readonly Key[] }
  | { readonly is: 'keyMade'; readonly made: MadeKey }
  | { readonly is: 'draftOpened'; readonly piece: Equipment; readonly etag: string }
  | { readonly is: 'newDraftOpened'; readonly kind: Kind }
  | { readonly is: 'saidSo'; readonly said: Partial<Said> }
  | { readonly is: 'draftClosed' }
  | { readonly is: 'sketchOpened'; readonly sketch: Sketched | null }
  | { readonly is: 'pointOpened'; readonly point: PointDraft }
  | { readonly is: 'pointSaidSo'; readonly said: Partial<PointSaid> }
  | { readonly is: 'broughtIs'; readonly brought: Brought | null }
  | { readonly is: 'conflicted'; readonly conflict: Conflict }
  /** One's own changes are put on what the others said, to be looked at again. */
  | { readonly is: 'draftRebased'; readonly seen: Seen; readonly said: Said }
  | { readonly is: 'stepMade'; readonly step: Step }
  | { readonly is: 'stepUndone'; readonly entry: number; readonly since: number }
  | { readonly is: 'stepRedone'; readonly entry: number; readonly since: number }
  /** A step that cannot be taken back any more. */
  | { readonly is: 'stepLost'; readonly which: 'mine' | 'unmade' }
  /** Taken back elsewhere, like in the history. */
  | { readonly is: 'stepForgotten'; readonly entry: number }
  | { readonly is: 'viewPicked'; readonly view: View }
  | { readonly is: 'historyCame'; readonly history: History }
  | { readonly is: 'olderCame'; readonly history: History }
  | { readonly is: 'listCame'; readonly region: string; readonly list: Partial<Omit<Lists, 'region'>> };

export const NOBODY: DeskState = {
  account: null,
  doing: null,
  fault: null,
  dialog: null,
  draft: null,
  sketch: null,
  point: null,
  brought: null,
  mine: [],
  unmade: [],
  view: 'pieces',
  history: null,
  lists: null,
};
