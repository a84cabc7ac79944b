// What more may be wished, behind headings that one opens, and what comes of it: fetched when it is first needed.
import { useState } from 'preact/hooks';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePart, useWords } from '../../../panels/planner.ts';
import { byKind } from '../../placing/kinds.ts';
import { nWeighed, nWished } from '../../placing/state.ts';
import { useFetched } from '../fetched.ts';
import { usePlaced } from './context.ts';

export function More({ what }: { what: 'Kinds' | 'Weights' | 'Settings' }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const kinds = usePart((s) => s.kinds);
  // What is set counts, whether one sees it or not.
  const n = usePlaced(({ wish }) =>
    what === 'Kinds' ? byKind(wish, kinds).length : what === 'Weights' ? nWeighed(wish) : nWished(wish),
  );
  const name = t(`deskSiteMore_${what}`);
  return (
    <details class="desk-strike" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{n === 0 ? name : t('deskSiteSet', { what: name, n })}</summary>
      {isOpen && <Wishes what={what} />}
    </details>
  );
}

/** What the answer says to what was wished: nothing where nothing was. */
export function Outcome() {
  const isThere = usePlaced(
    ({ shown }) =>
      shown !== null &&
      (shown.result.below.length + shown.result.moved.length + nWeighed(shown.wish) > 0 ||
        shown.result.by_kind.some((one) => one.limit_m !== shown.result.limit_m)),
  );
  return isThere ? <Wishes what="Outcome" /> : null;
}

export function Wishes({ what }: { what: 'Kinds' | 'Weights' | 'Settings' | 'Outcome' | 'Wrong' }) {
  const t = useWords();
  const part = useFetched(() => import('./wishes/wishes.ts'), 'wishes');
  if (part === null) return <Skeleton rows={2} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  const Part = part[what];
  return <Part />;
}
