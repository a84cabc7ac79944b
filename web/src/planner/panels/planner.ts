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
  /** Sends a report; what went wrong is an answer, too. */
  report(report: NewReport): Promise<Receipt | Fault>;
  undo(): void;
  redo(): void;
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
