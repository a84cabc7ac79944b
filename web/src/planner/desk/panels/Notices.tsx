// The notices of the region, fetched when they are first looked at.
import { useEffect, useState } from 'preact/hooks';
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';

type Fetched = typeof import('./notices/notices.tsx');

export function Notices() {
  const t = useWords();
  const [part, setPart] = useState<Fetched | 'failed' | null>(null);
  useEffect(() => {
    import('./notices/notices.tsx').then(setPart, () => setPart('failed'));
  }, []);
  if (part === null) return <Skeleton rows={4} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  return <part.NoticeList />;
}
