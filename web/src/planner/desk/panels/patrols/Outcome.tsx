// How far the search is, what the plan sees, and how much better any plan could be.
import { isOver } from '../../../../shared/jobs.ts';
import type { Patrol } from '../../../../shared/patrols.ts';
import type { Words } from '../../../../shared/words.ts';
import { useWords } from '../../../panels/planner.ts';
import type { PatrolState } from '../../patrols/state.ts';
import { faultText } from '../parts.tsx';
import { useScrolled } from '../scrolled.ts';
import { usePatrol, usePatrols } from './context.ts';
import { hours, over_s, walking } from './texts.ts';

export function Outcome() {
  const t = useWords();
  const can = usePatrols();
  const state = usePatrol((s) => s);
  const { job, fault, shown, isStarting, search } = state;
  const isRunning = isStarting || (job !== null && !isOver(job));
  const hasFirst = job !== null && job.result !== null;
  const place = useScrolled<HTMLDivElement>(search);
  return (
    <div ref={place} class="patrols-outcome">
      <div role="alert">
        {fault !== null && <p class="note is-fault">{wrongText(t, fault)}</p>}
        {job?.state === 'failed' && (
          <p class="note is-fault">{t('deskPatrolFailed', { why: job.fault ?? '' })}</p>
        )}
      </div>
      <div role="status">
        {isRunning && <p>{runningText(t, state)}</p>}
        {shown !== null && <p class="patrols-sees">{seesText(t, shown.plan)}</p>}
        {shown !== null && <p class="hint">{boundText(t, state)}</p>}
      </div>
      {isRunning && hasFirst && (
        <button type="button" class="button" onClick={() => void can.stop()}>
          {t('deskPatrolStop')}
        </button>
      )}
    </div>
  );
}

function wrongText(t: Words, fault: NonNullable<PatrolState['fault']>): string {
  if (fault.what !== 'refused') return faultText(t, fault);
  switch (fault.kind) {
    case 'unknown-job':
      return t('deskPatrolGone');
    case 'plan-is-final':
      return t('deskPatrolFinal');
    case 'patrol-published':
    case 'changed-meanwhile':
      return t('deskPatrolOthersPublished');
    case 'too-far-for-team':
      return t('deskPatrolTooFar');
    case 'too-many-jobs':
      return t('deskPatrolBusy');
    default:
      return faultText(t, fault);
  }
}

function runningText(t: Words, { job }: PatrolState): string {
  if (job === null || job.state === 'waiting') return t('deskPatrolWaits');
  const s = Math.round(job.seconds);
  return t(job.result === null ? 'deskPatrolLooks' : 'deskPatrolGoesOn', { s });
}

function seesText(t: Words, plan: Patrol): string {
  const { required_m, seen_m, longest_s, shortest_s } = plan;
  if (required_m < 0.5) return t('deskPatrolNothingDue');
  return t('deskPatrolSees', {
    day: t.date(plan.day),
    n: walking(plan).length,
    km: t.km(seen_m),
    due: t.km(required_m),
    longest: hours(longest_s),
    shortest: hours(shortest_s),
  });
}

/** What is proven about the plan that is shown. */
function boundText(t: Words, { shown, job, wish }: PatrolState): string {
  if (shown === null) return '';
  const { plan } = shown;
  const parts: string[] = [];
  const isAsked = job?.id === shown.id || wish.day === plan.day;
  if (plan.goal === 'most' && wish.goal !== 'most' && isAsked) parts.push(t('deskPatrolNotAll'));
  // Of a plan that takes somebody too long nothing is proven.
  if (plan.required_m >= 0.5 && plan.teams.every((team) => over_s(team) === 0)) {
    parts.push(provenText(t, plan, job?.id === shown.id && !isOver(job) ? job.bound : null));
  }
  if (shown.isStopped) parts.push(t('deskPatrolStopped'));
  return parts.join(t.language === 'zh' ? '' : ' ');
}

function provenText(t: Words, plan: Patrol, bound_now: number | null): string {
  const bound = bound_now ?? plan.bound;
  const share = Math.abs(bound - plan.value) / Math.max(plan.value, 1e-9);
  const pct = share > 0 && share < 0.001 ? `<${t.percent(0.001)}` : t.percent(share);
  if (plan.objective === 'teams') {
    return plan.proven ? t('deskPatrolProven_teams') : t('deskPatrolAtLeast', { n: Math.ceil(bound) });
  }
  return plan.proven
    ? t(`deskPatrolProven_${plan.objective}`)
    : t(`deskPatrolBetter_${plan.objective}`, { pct });
}
