// What every event makes of what is known of those who may be called. Pure.
import { fieldsOf, NOBODY_YET, rebased } from './draft.ts';
import { NOTHING_KNOWN, type RespondersEvent, type RespondersState } from './state.ts';

const CLOSED = { draft: null, picks: false, conflict: null, fault: null } as const;

export function next(state: RespondersState, event: RespondersEvent): RespondersState {
  switch (event.is) {
    case 'begun':
      return { ...state, doing: event.doing, fault: null };
    case 'done':
      return { ...state, doing: null };
    case 'failed': {
      // What is only looked at does not end what is being done.
      const doing = event.doing.what === 'list' ? state.doing : null;
      return { ...state, doing, fault: { ...event.doing, fault: event.fault } };
    }
    case 'listCame': {
      const fault = state.fault?.what === 'list' ? null : state.fault;
      return { ...state, all: event.all, fault };
    }
    case 'oneCame': {
      const { one } = event;
      const all = state.all ?? [];
      const isKnown = all.some(({ id }) => id === one.id);
      return {
        ...state,
        all: isKnown ? all.map((other) => (other.id === one.id ? one : other)) : [...all, one],
      };
    }
    case 'oneGone':
      return { ...state, all: state.all?.filter(({ id }) => id !== event.id) ?? null };
    case 'lookedFor':
      return { ...state, looked: { ...state.looked, ...event.looked } };
    case 'draftOpened': {
      const { seen } = event;
      return { ...state, ...CLOSED, draft: { seen, said: seen === null ? NOBODY_YET : fieldsOf(seen) } };
    }
    case 'saidSo':
      return state.draft === null
        ? state
        : { ...state, draft: { ...state.draft, said: { ...state.draft.said, ...event.said } } };
    case 'draftClosed':
      return { ...state, ...CLOSED };
    case 'picking':
      return { ...state, picks: event.picks && state.draft !== null };
    case 'picked':
      return { ...next(state, { is: 'saidSo', said: { home: event.at } }), picks: false };
    case 'conflicted':
      return { ...state, doing: null, fault: null, conflict: event.conflict };
    case 'settled': {
      const { conflict } = state;
      if (event.how === 'later') return { ...state, fault: null, conflict: null };
      if (conflict === null || event.how === 'theirs' || conflict.theirs === null)
        return { ...state, ...CLOSED };
      const { seen, theirs, mine } = conflict;
      const said = rebased(fieldsOf(seen), fieldsOf(theirs), mine);
      return { ...state, ...CLOSED, draft: { seen: theirs, said } };
    }
    case 'left':
      return NOTHING_KNOWN;
  }
}
