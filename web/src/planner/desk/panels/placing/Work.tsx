// The work list is fetched as soon as there is something in it.
import { usePart } from '../../../panels/planner.ts';
import { useFetched } from '../fetched.ts';
import { usePlaced } from './context.ts';

export function Work() {
  const n_tried = usePart((s) => s.scenario.whatIfs.length);
  const n = usePlaced((s) => n_tried || (s.shown?.result.sites.length ?? 0));
  return n === 0 ? null : <Fetched n={n} />;
}

function Fetched({ n }: { n: number }) {
  const part = useFetched(() => import('./tasks/WorkList.tsx'), 'work');
  return part === null || part === 'failed' ? null : <part.WorkList n={n} />;
}
