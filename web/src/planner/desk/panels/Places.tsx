// Where the next pieces go: fetched when it is first looked at.
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import { useAtDesk } from './context.ts';
import { useFetched } from './fetched.ts';

export function Places() {
  const t = useWords();
  const { can } = useAtDesk();
  const part = useFetched(can.openPlacing, 'placing');
  if (part === null) return <Skeleton rows={4} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  return <part.Panel />;
}
