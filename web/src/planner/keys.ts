// Keys that work anywhere on the page. Single letters can be switched off, and never act while one is typing.
import type { Deeds } from './panels/planner.ts';
import type { Store } from './store.ts';

export function shortcut(event: KeyboardEvent, store: Store, deeds: Deeds): void {
  const { dispatch } = store;
  const state = store.state.peek();
  const target = event.target instanceof HTMLElement ? event.target : null;
  const isTyping = target?.matches('input:not([type=checkbox]):not([type=range]), select, textarea') ?? false;
  const isInDialog = state.dialog !== null || document.querySelector('dialog[open]') !== null;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === 'z' && !isTyping && !isInDialog) {
    event.preventDefault();
    if (event.shiftKey) deeds.redo();
    else deeds.undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isInDialog || event.defaultPrevented) return;
  if (event.key === 'Escape') {
    dispatch({ is: 'escaped' });
    return;
  }
  if (isTyping || !state.has_shortcuts) return;
  const deed: Record<string, () => void> = {
    '/': () => document.getElementById('search')?.focus(),
    n: () => {
      dispatch({ is: 'modeSet', mode: { what: 'put' } });
      deeds.focusMap();
    },
    l: () => dispatch({ is: 'legendSwitched' }),
    '?': () => dispatch({ is: 'dialogOpened', dialog: 'help' }),
  };
  const run = deed[key];
  if (run === undefined) return;
  event.preventDefault();
  run();
}
