// What every panel is given: the state, the one way to change it, the words, and what only the page's frame can do.
import { useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Language, type Words, wordsIn } from '../../shared/words.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';

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
}
export type ExportKind = 'villages' | 'gaps' | 'geojson' | 'png';

export interface Planner {
  readonly store: Store;
  readonly deeds: Deeds;
}

export const PlannerContext = createContext<Planner | null>(null);

export function usePlanner() {
  const planner = useContext(PlannerContext);
  if (planner === null) throw new Error('a panel outside the planner');
  return { dispatch: planner.store.dispatch, deeds: planner.deeds };
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
