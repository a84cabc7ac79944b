// Who is on which evening: the week, the volunteers, tonight, and how often the banks were seen.
import '../../style/roster.css';
import { useEffect } from 'preact/hooks';
import { Skeleton } from '../../../panels/parts.tsx';
import { useWords } from '../../../panels/planner.ts';
import { TABS, type Tab } from '../../roster/state.ts';
import { useFetched } from '../fetched.ts';
import { useRoster, useRosterPart } from './context.ts';
import { Week } from './Week.tsx';

export function Roster() {
  const t = useWords();
  const can = useRoster();
  const tab = useRosterPart((s) => s.tab);
  const n_applied = useRosterPart((s) => s.people?.filter(({ state }) => state === 'applied').length ?? 0);
  useEffect(() => void can.refresh(), []);
  return (
    <section class="roster" aria-label={t('deskView_roster')}>
      <fieldset class="segments roster-tabs">
        <legend class="visually-hidden">{t('deskView_roster')}</legend>
        {TABS.map((one) => (
          <button key={one} type="button" aria-pressed={tab === one} onClick={() => void can.pick(one)}>
            {t(`deskRosterTab_${one}`)}
            {one === 'people' && n_applied > 0 && (
              <b class="roster-count">
                {n_applied}
                <span class="visually-hidden">{t('deskRosterNew')}</span>
              </b>
            )}
          </button>
        ))}
      </fieldset>
      {tab === 'week' && <Week />}
      {tab === 'people' && <People />}
      {(tab === 'tonight' || tab === 'often') && <Seen tab={tab} />}
    </section>
  );
}

/** Fetched when somebody looks who there is. */
function People() {
  const part = useFetched(() => import('./list/VolunteerList.tsx'), 'list');
  if (part === null || part === 'failed') return <Coming hasFailed={part === 'failed'} />;
  return <part.VolunteerList />;
}

/** Fetched when somebody looks what was seen. */
function Seen({ tab }: { tab: Tab }) {
  const part = useFetched(() => import('./walked/Walked.tsx'), 'walked');
  if (part === null || part === 'failed') return <Coming hasFailed={part === 'failed'} />;
  return tab === 'tonight' ? <part.Tonight /> : <part.HowOften />;
}

function Coming({ hasFailed }: { hasFailed: boolean }) {
  const t = useWords();
  return hasFailed ? <p class="note is-fault">{t('deskNotFetched')}</p> : <Skeleton rows={4} doing="page" />;
}
