// Publishing: from then on teams walk by the plan, and what it leaves out is carried over.
import { useState } from 'preact/hooks';
import { isOver } from '../../../../shared/jobs.ts';
import { usePart, useWords } from '../../../panels/planner.ts';
import { publishedOn } from '../../patrols/state.ts';
import { useFetched } from '../fetched.ts';
import { usePatrol, usePatrols } from './context.ts';

export function Publish() {
  const t = useWords();
  const can = usePatrols();
  const zone = usePart((s) => s.region);
  const shown = usePatrol((s) => s.shown);
  const isBusy = usePatrol(
    (s) => s.isPublishing || s.isStarting || s.trial !== null || (s.job !== null && !isOver(s.job)),
  );
  const there = usePatrol((s) => (s.shown === null ? null : publishedOn(s, s.shown.plan.day)));
  const [hasSheets, showSheets] = useState(false);
  if (shown === null || zone === null) return null;
  const { day } = shown.plan;
  const isThis = there?.plan_id === shown.id;
  return (
    <section class="patrols-publish" aria-label={t('deskPatrolPublish')}>
      <p class="hint" role="status">
        {there === null
          ? t('deskPatrolUnpublished', { day: t.date(day) })
          : t(isThis ? 'deskPatrolIsPublished' : 'deskPatrolOtherPublished', {
              day: t.date(day),
              who: there.by,
            })}
      </p>
      <span class="desk-do">
        <button
          type="button"
          class="button is-main"
          disabled={isBusy || isThis}
          onClick={() => void can.publish()}
        >
          {t(there === null || isThis ? 'deskPatrolPublish' : 'deskPatrolReplace')}
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => showSheets(true)}>
          {t('deskPatrolSheets')}
        </button>
      </span>
      {hasSheets && <Sheets onClose={() => showSheets(false)} />}
    </section>
  );
}

/** Fetched when somebody wants paper. */
function Sheets({ onClose }: { onClose(): void }) {
  const part = useFetched(() => import('./sheets/TeamSheets.tsx'), 'sheets');
  return part === null || part === 'failed' ? null : <part.TeamSheets onClose={onClose} />;
}
