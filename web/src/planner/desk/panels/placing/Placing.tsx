// Where the next pieces go: what is wished, how far the search is, what it proposes, and what becomes of that.
import '../../style/placing.css';
import { usePart, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { Curve } from './Curve.tsx';
import { usePlaced } from './context.ts';
import { Outcome } from './More.tsx';
import { Progress } from './Progress.tsx';
import { SiteList } from './SiteList.tsx';
import { WishForm } from './WishForm.tsx';
import { Work } from './Work.tsx';

export function Placing() {
  const t = useWords();
  const shown = usePlaced((s) => s.shown);
  const version = usePart((s) => regionOf(s)?.version);
  // An answer to what was asked before stays while another is looked for.
  const isOlder = usePlaced((s) => s.isStarting || (s.job !== null && s.job.result === null));
  const result = shown?.result ?? null;
  return (
    <section class="placing" aria-label={t('deskView_sites')}>
      <WishForm />
      <Progress />
      {result !== null && (
        <div class={isOlder ? 'placing-found is-older' : 'placing-found'} aria-busy={isOlder}>
          {result.illustrative && <p class="note is-warning">{t('deskSiteIllustrative')}</p>}
          {version !== undefined && shown?.version !== version && (
            <p class="note is-warning" role="status">
              {t('deskSiteOlderRegion')}
            </p>
          )}
          <Outcome />
          {result.sites.length === 0 ? (
            <p class="empty">{t('deskSiteNone')}</p>
          ) : (
            <>
              <Curve result={result} />
              <SiteList result={result} />
            </>
          )}
        </div>
      )}
      <Work />
    </section>
  );
}
