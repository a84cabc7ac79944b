// Who walks which bank on an evening: what is wished, how far the search is, the plan team by team, and its publishing.
import '../../style/patrols.css';
import { useEffect } from 'preact/hooks';
import { usePart, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { CarriedList } from './CarriedList.tsx';
import { usePatrol, usePatrols } from './context.ts';
import { EveningForm } from './EveningForm.tsx';
import { Evenings } from './Evenings.tsx';
import { Loads } from './Loads.tsx';
import { Outcome } from './Outcome.tsx';
import { Publish } from './Publish.tsx';
import { TeamStops } from './TeamStops.tsx';
import { TrialBar } from './TrialBar.tsx';

export function Patrols() {
  const t = useWords();
  const can = usePatrols();
  const region = usePart(regionOf);
  const shown = usePatrol((s) => s.shown);
  const version = region?.version;
  const isOlder = usePatrol((s) => s.isStarting || (s.job !== null && s.job.result === null && !s.job.fault));
  useEffect(() => {
    void can.refresh();
    return () => can.pick(null);
  }, []);
  return (
    <section class="patrols" aria-label={t('deskView_patrols')}>
      <EveningForm />
      <Outcome />
      {shown !== null && (
        <div class={isOlder ? 'patrols-found is-older' : 'patrols-found'} aria-busy={isOlder}>
          {region?.illustrative && <p class="note is-warning">{t('deskPatrolIllustrative')}</p>}
          {version !== undefined && shown.version !== null && shown.version !== version && (
            <p class="note is-warning" role="status">
              {t('deskPatrolOlderRegion')}
            </p>
          )}
          {shown.plan.unknown.length > 0 && (
            <p class="note is-warning">{t('deskPatrolUnknown', { n: shown.plan.unknown.length })}</p>
          )}
          <Loads />
          <TrialBar />
          <TeamStops />
          <CarriedList />
          <Publish />
        </div>
      )}
      <Evenings />
    </section>
  );
}
