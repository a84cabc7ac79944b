// What went wrong with one of those who may be called, where it was tried.
import { useWords } from '../../../panels/planner.ts';
import type { Doing } from '../../responders/state.ts';
import { useRespondersPart } from './context.ts';
import { responderFaultText } from './texts.ts';

export function ResponderWrong({ what, about = null }: { what: Doing['what']; about?: string | null }) {
  const t = useWords();
  const wrong = useRespondersPart((s) =>
    s.fault?.what === what && s.fault.about === about ? s.fault : null,
  );
  return (
    <div role="alert">
      {wrong !== null && <p class="note is-fault">{responderFaultText(t, wrong.fault)}</p>}
    </div>
  );
}
