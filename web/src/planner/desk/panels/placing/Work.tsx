// Scenarios and the work list are fetched as soon as there is something to compare, or to do.
import { usePart } from '../../../panels/planner.ts';
import { useFetched } from '../fetched.ts';
import { usePlaced } from './context.ts';

export function Work() {
  const n_tried = usePart((s) => s.scenario.whatIfs.length);
  const n = usePlaced((s) => n_tried || (s.shown?.result.sites.length ?? 0));
  const n_kept = usePlaced((s) => s.kept.length);
  return n + n_kept === 0 ? null : <Fetched n={n} />;
}

function Fetched({ n }: { n: number }) {
  const part = useFetched(() => import('./tasks/tasks.ts'), 'work');
  if (part === null || part === 'failed') return null;
  return (
    <>
      <part.Scenarios />
      {n > 0 && <part.WorkList n={n} />}
    </>
  );
}
