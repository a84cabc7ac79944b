// What is known of those who may be called: the list, what of it is looked at, and what is being said of one of them.
import type { LonLat } from '../../../shared/contract.ts';
import type { Responder, ResponderKind } from '../../../shared/responders.ts';
import type { DeskFault } from '../state.ts';
import type { Fields } from './draft.ts';

/** What of the list is looked at. */
export interface Looked {
  readonly text: string;
  readonly kind: ResponderKind | 'all';
  readonly isOnOnly: boolean;
}

export interface Draft {
  /** As they were seen; `null` for somebody new. */
  readonly seen: Responder | null;
  readonly said: Fields;
}

/** Somebody else was faster. */
export interface Conflict {
  readonly deed: 'save' | 'takeOff';
  readonly seen: Responder;
  readonly mine: Fields;
  /** `null` where they have taken them off the list. */
  readonly theirs: Responder | null;
}

/** What is being done with the service; `about` tells one of many. */
export interface Doing {
  readonly what: 'list' | 'save' | 'takeOff' | 'turn';
  readonly about: string | null;
}

export interface RespondersState {
  readonly all: readonly Responder[] | null;
  readonly looked: Looked;
  readonly draft: Draft | null;
  /** Whether a tap on the map says from where they set off. */
  readonly picks: boolean;
  readonly conflict: Conflict | null;
  readonly doing: Doing | null;
  readonly fault: (Doing & { readonly fault: DeskFault }) | null;
}

export type RespondersEvent =
  | { readonly is: 'begun'; readonly doing: Doing }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly doing: Doing; readonly fault: DeskFault }
  | { readonly is: 'listCame'; readonly all: readonly Responder[] }
  | { readonly is: 'oneCame'; readonly one: Responder }
  | { readonly is: 'oneGone'; readonly id: string }
  | { readonly is: 'lookedFor'; readonly looked: Partial<Looked> }
  | { readonly is: 'draftOpened'; readonly seen: Responder | null }
  | { readonly is: 'saidSo'; readonly said: Partial<Fields> }
  | { readonly is: 'draftClosed' }
  | { readonly is: 'picking'; readonly picks: boolean }
  | { readonly is: 'picked'; readonly at: LonLat }
  | { readonly is: 'conflicted'; readonly conflict: Conflict }
  /** Theirs stays; or one's own changes are put on theirs, to be looked at again; or nothing is decided. */
  | { readonly is: 'settled'; readonly how: 'theirs' | 'again' | 'later' }
  /** Another region, or nobody is signed in any more. */
  | { readonly is: 'left' };

export const NOTHING_KNOWN: RespondersState = {
  all: null,
  looked: { text: '', kind: 'all', isOnOnly: false },
  draft: null,
  picks: false,
  conflict: null,
  doing: null,
  fault: null,
};

/** Those that are looked for: who is on duty first, then by name. */
export function found({ all, looked }: Pick<RespondersState, 'all' | 'looked'>): readonly Responder[] {
  const sought = looked.text.trim().toLowerCase();
  const { compare } = new Intl.Collator('zh-CN');
  return (all ?? [])
    .filter(
      (one) =>
        (looked.kind === 'all' || one.kind === looked.kind) &&
        (!looked.isOnOnly || one.on_duty) &&
        [one.name, one.village, one.group].join(' ').toLowerCase().includes(sought),
    )
    .sort((a, b) => Number(b.on_duty) - Number(a.on_duty) || compare(a.name ?? '', b.name ?? ''));
}
