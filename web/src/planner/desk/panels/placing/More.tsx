// What more may be wished, behind a heading that one opens, and what comes of it: fetched when it is first needed.
import { useState } from 'preact/hooks';
import { Skeleton } from '../../../panels/parts.tsx';
import { useWords } from '../../../panels/planner.ts';
import { nWished } from '../../placing/state.ts';
import { useFetched } from '../fetched.ts';
import { usePlaced } from './context.ts';

export function More() {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  // What is set counts, whether one sees it or not.
  const n = usePlaced((s) => nWished(s.wish));
  return (
    <details class="desk-strike" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{n === 0 ? t('deskSiteMore') : t('deskSiteMoreSet', { n })}</summary>
      {isOpen && <Wishes what="Settings" />}
    </details>
  );
}

/** What the answer says to what was wished: nothing where nothing was. */
export function Outcome() {
  const isThere = usePlaced(
    (s) => s.shown !== null && s.shown.result.below.length + s.shown.result.moved.length > 0,
  );
  return isThere ? <Wishes what="Outcome" /> : null;
}

function Wishes({ what }: { what: 'Settings' | 'Outcome' }) {
  const t = useWords();
  const part = useFetched(() => import('./wishes/wishes.ts'), 'wishes');
  if (part === null) return <Skeleton rows={2} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  const Part = part[what];
  return <Part />;
}
