// What is to be put up, to take away: for a spreadsheet, for satellite navigation, and on paper.
import { useState } from 'preact/hooks';
import { Icon } from '../../../../panels/parts.tsx';
import { usePart, useWords } from '../../../../panels/planner.ts';
import { usePlacing } from '../context.ts';
import { WorkSheet } from './WorkSheet.tsx';

export function WorkList({ n }: { n: number }) {
  const t = useWords();
  const can = usePlacing();
  const hasTried = usePart((s) => s.scenario.whatIfs.length > 0);
  const [isOnPaper, setOnPaper] = useState(false);
  return (
    <section class="placing-work" aria-label={t('deskSiteWork')}>
      <h2>{t('deskSiteWork')}</h2>
      <p>{t(hasTried ? 'deskSiteWorkAccepted' : 'deskSiteWorkProposed', { n })}</p>
      <div class="desk-do">
        {(['csv', 'gpx'] as const).map((what) => (
          <button key={what} type="button" class="button" onClick={() => void can.download(what)}>
            <Icon name="export" /> {t(`deskSiteWork_${what}`)}
          </button>
        ))}
        <button type="button" class="button" onClick={() => setOnPaper(true)}>
          <Icon name="print" /> {t('deskPaperOpen')}
        </button>
      </div>
      <p class="hint">{t('deskSiteLabels')}</p>
      {isOnPaper && <WorkSheet onClose={() => setOnPaper(false)} />}
    </section>
  );
}
