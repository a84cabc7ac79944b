// How much bank is too far, here and now, and what the what-ifs change about it.

import { nameIn } from '../../shared/words.ts';
import { headline, isHeadlineStale, isPending, nameOfVillage } from '../answers.ts';
import { regionOf } from '../state.ts';
import { kindsText } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

export function HeadlineCard() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const numbers = usePart(headline);
  const isStale = usePart(isHeadlineStale);
  // Of the numbers that are shown, which may be older than the slider.
  const limit_m = usePart((s) => s.coverage.value?.limit_m ?? s.limit_m);
  const kinds = usePart((s) => s.kinds);
  const village = usePart((s) => nameOfVillage(s, s.village));
  const region = usePart(regionOf);
  const place = village ?? (region === null ? '' : nameIn(t.language, region.name));
  return (
    <section class="headline" aria-labelledby="headline">
      <div class="headline-place">
        <span>{place}</span>
        {village !== null && (
          <button type="button" class="link" onClick={() => dispatch({ is: 'villagePicked', village: null })}>
            {t('villageAll')}
          </button>
        )}
      </div>
      {numbers === null ? (
        <p class="headline-number is-waiting" id="headline">
          <b>—</b> <span>{t('headlineFar')}</span>
        </p>
      ) : (
        <>
          <p class={isStale ? 'headline-number is-stale' : 'headline-number'} id="headline" role="status">
            {numbers.bank_m > 0 && numbers.far_m < 0.5 ? (
              <b class="is-good">{t('headlineNone')}</b>
            ) : (
              <>
                <b>{t('kilometers', { km: t.km(numbers.far_m) })}</b> <span>{t('headlineFar')}</span>
              </>
            )}
          </p>
          <ShareBar share={numbers.share} />
          <p class="headline-share">
            {t('headlineShare', { pct: t.percent(numbers.share), total: t.meters(numbers.bank_m) })}
          </p>
        </>
      )}
      <Change />
      {kinds.length > 0 && (
        <p class="headline-rule">
          {t('headlineRule', { limit: t.meters(limit_m), kinds: kindsText(t, kinds) })}
        </p>
      )}
    </section>
  );
}

function ShareBar({ share }: { share: number }) {
  return (
    <div class="share-bar" aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

function Change() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const hasTried = usePart((s) => s.scenario.whatIfs.length > 0);
  const closed_m = usePart((s) => headline(s)?.closed_m ?? null);
  const isWaiting = usePart(isPending);
  const fault = usePart((s) => s.evaluating.fault);
  const showsBefore = usePart((s) => s.shows_before);
  if (!hasTried) return null;
  const text = () => {
    if (closed_m === null) return t('computing');
    if (Math.abs(closed_m) < 0.5) return t('noChange');
    return closed_m > 0 ? t('fewer', { km: t.km(closed_m) }) : t('more', { km: t.km(-closed_m) });
  };
  return (
    <div class="change">
      {fault === null ? (
        <p class={isWaiting ? 'badge is-waiting' : 'badge'} role="status">
          {text()}
        </p>
      ) : (
        <p class="badge is-fault" role="alert">
          {fault.what === 'refused' ? t('refused', { why: fault.why }) : t('notComputed')}{' '}
          <button type="button" class="link" onClick={deeds.retry}>
            {t('retry')}
          </button>
        </p>
      )}
      <fieldset class="segments">
        <legend class="visually-hidden">{t('beforeAfter')}</legend>
        {[true, false].map((before) => (
          <button
            key={String(before)}
            type="button"
            aria-pressed={showsBefore === before}
            onClick={() => dispatch({ is: 'beforeShown', before })}
          >
            {t(before ? 'before' : 'after')}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
