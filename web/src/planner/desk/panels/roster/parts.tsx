// Small pieces of the roster's panels: what went wrong, and a lock.
import { useWords } from '../../../panels/planner.ts';
import type { Doing } from '../../roster/state.ts';
import { useRosterPart } from './context.ts';
import { rosterFaultText } from './texts.ts';

/** What went wrong, where it was tried. */
export function RosterWrong({
  what,
  about = null,
}: {
  what: readonly Doing['what'][];
  about?: string | null;
}) {
  const t = useWords();
  const wrong = useRosterPart((s) => s.fault);
  const isHere = wrong !== null && what.includes(wrong.what) && wrong.about === about;
  return (
    <div role="alert" class="roster-wrong">
      {isHere && <p class="note is-fault">{rosterFaultText(t, wrong.fault)}</p>}
    </div>
  );
}

export function LockSign() {
  return (
    <svg class="roster-lock" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6 11h12v10H6z" />
      <path class="roster-bow" d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3" />
    </svg>
  );
}

/** A word with a shape before it: neither its color alone nor its shape alone says what it means. */
export function Mark(props: { is: 'good' | 'bad' | 'open' | 'warns'; children: string }) {
  const shape = { good: '✓', bad: '✕', open: '?', warns: '△' }[props.is];
  return (
    <span class={`roster-mark is-${props.is}`}>
      <span aria-hidden="true">{shape}</span> {props.children}
    </span>
  );
}
