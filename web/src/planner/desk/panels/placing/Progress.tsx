// How far the search is, how much better an answer can be at most, and the button that takes the best so far.
import { isOver } from '../../../../shared/jobs.ts';
import type { Words } from '../../../../shared/words.ts';
import { useWords } from '../../../panels/planner.ts';
import { possibleShare } from '../../placing/answers.ts';
import type { PlacingState } from '../../placing/state.ts';
import { faultText } from '../parts.tsx';
import { useScrolled } from '../scrolled.ts';
import { usePlaced, usePlacing } from './context.ts';
import { piecesText } from './whereText.ts';

export function Progress() {
  const t = useWords();
  const can = usePlacing();
  const state = usePlaced((s) => s);
  const { job, fault, shown, isStarting, asked } = state;
  const isRunning = isStarting || (job !== null && !isOver(job));
  const hasFirst = job !== null && job.result !== null;
  const place = useScrolled<HTMLDivElement>(asked);
  return (
    <div ref={place} class="placing-progress">
      <div role="alert">
        {fault !== null && <p class="note is-fault">{wrongText(t, fault)}</p>}
        {job?.state === 'failed' && (
          <p class="note is-fault">{t('deskSiteFailed', { why: job.fault ?? '' })}</p>
        )}
      </div>
      <div role="status">
        {isRunning && <p>{runningText(t, state)}</p>}
        {shown !== null && <p class="placing-covers">{coversText(t, state)}</p>}
        {hasFirst && <p class="hint">{betterText(t, state)}</p>}
      </div>
      {isRunning && hasFirst && (
        <button type="button" class="button" onClick={() => void can.stop()}>
          {t('deskSiteStop')}
        </button>
      )}
    </div>
  );
}

function wrongText(t: Words, fault: NonNullable<PlacingState['fault']>): string {
  if (fault.what === 'refused' && fault.kind === 'unknown-job') return t('deskSiteGone');
  if (fault.what === 'refused' && fault.kind === 'stands-nowhere') return t('deskSiteStandsNowhere');
  if (fault.what === 'refused' && fault.kind === 'unknown-bank') return t('deskSiteUnknownBank');
  if (fault.what === 'refused' && fault.kind === 'busy') {
    return t('deskSiteBusy', { time: t.duration(fault.retry_after_s ?? 5) });
  }
  return faultText(t, fault);
}

function runningText(t: Words, { job }: PlacingState): string {
  if (job === null || job.state === 'waiting') return t('deskSiteWaits');
  const s = Math.round(job.seconds);
  return t(job.result === null ? 'deskSiteLooks' : 'deskSiteGoesOn', { s });
}

function coversText(t: Words, { shown }: PlacingState): string {
  if (shown === null) return '';
  const { covered_before_m, covered_after_m, bank_m, sites, moved, by_kind } = shown.result;
  const covers = t('deskSiteCovers', {
    n: sites.length,
    more: t.meters(covered_after_m - covered_before_m),
    before: t.percent(bank_m === 0 ? 0 : covered_before_m / bank_m),
    after: t.percent(bank_m === 0 ? 0 : covered_after_m / bank_m),
  });
  const kinds = by_kind.filter((one) => one.sites > 0);
  return [
    covers,
    kinds.length > 1 && t('deskSiteThey', { pieces: piecesText(t, kinds) }),
    moved.length > 0 && t('deskSiteOfThem', { n: moved.length }),
  ]
    .filter(Boolean)
    .join(t.language === 'zh' ? '' : ' ');
}

/** What is proven about the answer that is shown. */
function betterText(t: Words, { job }: PlacingState): string {
  const result = job?.result;
  if (!job || !result) return '';
  const parts: string[] = [];
  const n = result.candidates;
  const share = job.state === 'done' ? result.gap_percent / 100 : possibleShare(job);
  if (result.proven) parts.push(t('deskSiteProven', { n }));
  else if (result.objective === 'sites') parts.push(t('deskSiteAtLeast', { n: Math.ceil(result.bound) }));
  else if (share !== null) parts.push(t('deskSiteBetter', { pct: shareText(t, share), n }));
  if (job.stopped) parts.push(t('deskSiteStopped'));
  if (result.out_of_reach_m >= 0.5) {
    parts.push(t('deskSiteOutOfReach', { m: t.meters(result.out_of_reach_m) }));
  }
  return parts.join(t.language === 'zh' ? '' : ' ');
}

/** What is not nothing never reads as nothing. */
const shareText = (t: Words, share: number) =>
  0 < share && share < 0.001 ? `<${t.percent(0.001)}` : t.percent(share);
