// What is to be put up, to take away: for a spreadsheet, and for satellite navigation.
import { Icon } from '../../../panels/parts.tsx';
import { usePart, useWords } from '../../../panels/planner.ts';
import { usePlaced, usePlacing } from './context.ts';

export function WorkList() {
  const t = useWords();
  const can = usePlacing();
  const whatIfs = usePart((s) => s.scenario.whatIfs);
  const n = usePlaced((s) => whatIfs.length || (s.shown?.result.sites.length ?? 0));
  if (n === 0) return null;
  return (
    <section class="placing-work" aria-label={t('deskSiteWork')}>
      <h2>{t('deskSiteWork')}</h2>
      <p>{t(whatIfs.length > 0 ? 'deskSiteWorkAccepted' : 'deskSiteWorkProposed', { n })}</p>
      <div class="placing-do">
        {(['csv', 'gpx'] as const).map((what) => (
          <button key={what} type="button" class="button" onClick={() => void can.download(what)}>
            <Icon name="export" /> {t(`deskSiteWork_${what}`)}
          </button>
        ))}
      </div>
      <p class="hint">{t('deskSiteLabels')}</p>
    </section>
  );
}
