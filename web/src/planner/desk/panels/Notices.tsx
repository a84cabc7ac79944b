// The notices of the region, fetched when they are first looked at.
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import { useFetched } from './fetched.ts';

export function Notices() {
  const t = useWords();
  const part = useFetched(() => import('./notices/notices.tsx'), 'notices');
  if (part === null) return <Skeleton rows={4} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  return <part.NoticeList />;
}
