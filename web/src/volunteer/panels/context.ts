// What every panel is given: the state, the one way to change it, the words, and what only the page's frame can do.
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Answer, Checked, How, Piece, Reason, Stop, Wanted } from '../../shared/duty.ts';
import { type Language, type Words, wordsIn } from '../../shared/words.ts';
import type { Event, State } from '../state.ts';
import type { LaterDialog } from './later/LaterDialog.tsx';
import type { Links } from './later/Links.tsx';
import type { Me } from './later/Me.tsx';
import type { Wanted as WantedList } from './later/Wanted.tsx';

/** What is fetched when it is first needed. */
export interface LaterParts {
  readonly LaterDialog: typeof LaterDialog;
  readonly Links: typeof Links;
  readonly Me: typeof Me;
  readonly Wanted: typeof WantedList;
}

export interface Deeds {
  /** With their words; fails where they are not at hand. */
  later(): Promise<LaterParts>;
  speak(language: Language): void;
  signIn(name: string, password: string): void;
  accept(who: { name: string; password: string } | null): void;
  signOut(): void;
  pickRegion(region: string): void;
  refresh(): void;
  answer(answer: Answer): void;
  takeOver(wanted: Wanted): void;
  makeCalendar(): void;
  copy(text: string): void;
  print(): void;
  consent(consent: boolean): void;
  start(): void;
  finish(): void;
  checkIn(stop: Stop): void;
  skip(stop: Stop, reason: Reason): void;
  check(piece: Piece, condition: Checked, how: How): void;
  undo(): void;
  inWater(): void;
  report(): void;
  /** A picture as it is sent; `null` if the file is none. */
  shrink(file: Blob): Promise<Blob | null>;
  sendNow(): void;
  again(uuid: string): void;
  drop(uuid: string): void;
  exportUnsent(): void;
  saveMap(): void;
  locate(): void;
  keepLasting(): void;
  useCompass(): void;
  openMap(box: HTMLElement): void;
  showWay(): void;
  showOwn(): void;
  /** Reads codes from the camera's picture until told to stop; `null` where the browser cannot. */
  scan: ((video: HTMLVideoElement, found: (code: string) => void, failed: () => void) => () => void) | null;
  readAloud(text: string): void;
  /** A few tones, then the text aloud where the phone can speak. */
  chime(text: string): void;
  install(): void;
  update(): void;
}

export interface Page {
  readonly state: ReadonlySignal<State>;
  dispatch(event: Event): void;
  readonly deeds: Deeds;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('a panel outside the page');
  return page;
}

/** A part of the state; the panel is drawn again only when it changes. */
export function usePart<T>(part: (state: State) => T): T {
  const { state } = usePage();
  const watched = useComputed(() => part(state.value));
  // Watched, so that the panel is drawn when it changes; asked anew, since `part` may look at the panel's own values.
  watched.value;
  return part(state.peek());
}

export function useWords(): Words {
  return wordsIn(usePart((s) => s.language));
}

/** The hour of a moment where the region is, whatever the phone thinks. */
export function useClock(): (moment: number | string) => string {
  const t = useWords();
  const zone = usePart((s) => s.pack?.value.time_zone);
  return (moment) => t.time(typeof moment === 'string' ? Date.parse(moment) : moment, zone);
}
