// What the panels of a part of the register are given: what is known, and what can be done.
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The context of a part, what can be done there, and a part of what is known: the panel is drawn again only when that changes. */
export function contextOf<State, Can>(part: string) {
  const Context = createContext<{ readonly state: ReadonlySignal<State>; readonly can: Can } | null>(null);
  const useHere = () => {
    const here = useContext(Context);
    if (here === null) throw new Error(`a panel of ${part} outside of it`);
    return here;
  };
  return {
    Context,
    useCan: () => useHere().can,
    usePartOf<T>(part: (state: State) => T): T {
      const { state } = useHere();
      const watched = useComputed(() => part(state.value));
      watched.value;
      return part(state.peek());
    },
  };
}
