// What every panel is given: the state, the one way to change it, the words, and what only the page's frame can do.
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { NewReport, Receipt } from '../../shared/contract.ts';
import { type Language, type Words, wordsIn } from '../../shared/words.ts';
import type { Fault, State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Desk } from './desk.ts';

export interface Deeds {
  retry(): void;
  /** Changes the language, once its words are there. */
  speak(language: Language): void;
  copy(text: string): void;
  exportFile(what: ExportKind): void;
  /** Opens the print sheet with a fresh picture of the map, where there is one. */
  openPrint(): void;
  printNow(): void;
  focusMap(): void;
  /** Fetches the register's part of the page, and asks who it is. */
  signIn(): void;
  /** Fetches what sends reports about the region. */
  reporting(): Promise<Reporting>;
  undo(): void;
  redo(): void;
}
/** How a report and its photos are sent; what went wrong is an answer, too. */
export interface Reporting {
  send(report: NewReport): Promise<Receipt | Fault>;
  /** Tells how much of the photo has gone, from 0 to 1; the answer is `null` when it is there. */
  addPhoto(receipt: Receipt, photo: Blob, progress: (share: number) => void): Promise<Fault | null>;
  /** A picture as it is sent; `null` if the file is none. */
  shrink(file: Blob): Promise<Blob | null>;
}

export type ExportKind = 'villages' | 'gaps' | 'geojson' | 'png';

export interface Planner {
  readonly store: Store;
  readonly deeds: Deeds;
  /** `null` until somebody signs in. */
  readonly desk: ReadonlySignal<Desk | null>;
  /** The notices in force; `null` until they are there. */
  readonly bar?: ReadonlySignal<ComponentType | null>;
}

export const PlannerContext = createContext<Planner | null>(null);

export function usePlanner() {
  const planner = useContext(PlannerContext);
  if (planner === null) throw new Error('a panel outside the planner');
  return { dispatch: planner.store.dispatch, deeds: planner.deeds, bar: planner.bar };
}

/** The register's part of the page, once it is there. */
export function useDesk(): Desk | null {
  const planner = useContext(PlannerContext);
  if (planner === null) throw new Error('a panel outside the planner');
  return planner.desk.value;
}

/** A part of the state; the panel is drawn again only when it changes. */
export function usePart<T>(part: (state: State) => T): T {
  const planner = useContext(PlannerContext);
  if (planner === null) throw new Error('a panel outside the planner');
  const { state } = planner.store;
  const watched = useComputed(() => part(state.value));
  // Watched, so that the panel is drawn when it changes; asked anew, since `part` may look at the panel's own values.
  watched.value;
  return part(state.peek());
}

export function useWords(): Words {
  return wordsIn(usePart((s) => s.language));
}
