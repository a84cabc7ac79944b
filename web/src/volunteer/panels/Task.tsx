// The first part: what is on tonight, the patrol under way, or what came of it.
import type { Pack } from '../../shared/duty.ts';
import { ownRun } from '../next.ts';
import { hasPlan } from '../pack.ts';
import { usePage, usePart, useWords } from './context.ts';
import { Finished } from './Finished.tsx';
import { Later } from './Later.tsx';
import { Running } from './Running.tsx';
import { Tonight, WantedOnes } from './Tonight.tsx';
import { faultText } from './texts.ts';
import { Warned } from './Warned.tsx';

export function Task() {
  const pack = usePart((s) => s.pack?.value ?? null);
  const state = usePart((s) => ownRun(s).state);
  return (
    <>
      {pack !== null && <Warned pack={pack} isOpen={state !== 'active'} />}
      <Notes />
      {pack === null ? (
        <NoPack />
      ) : state === 'active' ? (
        <Running pack={pack} />
      ) : state === 'over' ? (
        <Finished pack={pack} />
      ) : hasPlan(pack) ? (
        <Tonight pack={pack} />
      ) : (
        <Nothing pack={pack} />
      )}
    </>
  );
}

/** What is new or wrong, above everything. */
function Notes() {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const signIn = () => dispatch({ is: 'dialogOpened', dialog: { is: 'signIn' } });
  const change = usePart((s) => s.change);
  const hasEnded = usePart((s) => s.session === 'ended');
  const hasNotKept = usePart((s) => s.has_not_kept || !s.phone.keeps);
  const hasUpdate = usePart((s) => s.phone.has_update);
  const isActive = usePart((s) => ownRun(s).state === 'active');
  const patrol = usePart((s) => s.pack?.value.patrol ?? null);
  const zone = usePart((s) => s.pack?.value.time_zone);
  return (
    <>
      {change !== null && (
        <div class="note is-new" role="alert">
          <p>
            {change.is_taken_over
              ? t('volTakenOver')
              : change.to === null || patrol === null
                ? t('volCancelled')
                : t('volChanged', { time: t.time(Date.parse(patrol.published_at), zone) })}
          </p>
          {change.to !== null && (
            <p>
              <b>{t('volChangedStops', { added: change.added, gone: change.gone })}</b>
            </p>
          )}
          <button type="button" class="button" onClick={() => dispatch({ is: 'changeSeen' })}>
            {t('volUnderstood')}
          </button>
        </div>
      )}
      {hasNotKept && (
        <p class="note is-fault" role="alert">
          {t('volNotKept')}
        </p>
      )}
      {hasEnded && (
        <div class="note">
          <p>{t('volEnded')}</p>
          <button type="button" class="button" onClick={signIn}>
            {t('volSignInAgain')}
          </button>
        </div>
      )}
      {hasUpdate && (
        <div class="note">
          <p>{t(isActive ? 'volUpdateLater' : 'volUpdate')}</p>
          {!isActive && (
            <button type="button" class="button" onClick={deeds.update}>
              {t('volUpdateNow')}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function NoPack() {
  const t = useWords();
  const { deeds } = usePage();
  const { is_waiting, fault } = usePart((s) => s.packing);
  const isUnknown = usePart((s) => s.session === 'unknown');
  const hasNoRegion = usePart((s) => s.region === null && s.session === 'there');
  if (hasNoRegion) return <p class="empty">{t('volNoRegion')}</p>;
  if (fault === null && !isUnknown)
    return (
      <p class="waits" role="status">
        {t(is_waiting ? 'volFetching' : 'volOpening')}
      </p>
    );
  return (
    <div class="empty" role="alert">
      <p>{fault === null || fault.what === 'unreachable' ? t('volNoPack') : faultText(t, fault)}</p>
      <button type="button" class="button is-main" onClick={deeds.refresh}>
        {t('retry')}
      </button>
    </div>
  );
}

function Nothing({ pack }: { pack: Pack }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  return (
    <section class="nothing">
      <h1>{t('volNothing')}</h1>
      <p class="hint">{t(pack.volunteer === null ? 'volNotOnRoster' : 'volNothingMore')}</p>
      <WantedOnes pack={pack} />
      <button type="button" class="button is-full" onClick={() => dispatch({ is: 'tabPicked', tab: 'map' })}>
        {t('volNearest')}
      </button>
      <button
        type="button"
        class="button is-full"
        onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'reminder' } })}
      >
        {t('volReminder')}
      </button>
      <button type="button" class="button is-full is-quiet" onClick={deeds.refresh}>
        {t('volLookAgain')}
      </button>
      <Later show={({ Links }) => <Links pack={pack} />} />
    </section>
  );
}
