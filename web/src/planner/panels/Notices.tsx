// What must be known before anything else: made-up data, a lost connection, a region that failed.
import { nameIn } from '../../shared/words.ts';
import { regionOf } from '../state.ts';
import { usePart, usePlanner, useWords } from './planner.ts';

export function Notices() {
  const t = useWords();
  const { dispatch, deeds, bar } = usePlanner();
  // What people are warned of, once there is something.
  const Bar = bar?.value;
  const region = usePart(regionOf);
  const regions = usePart((s) => s.regions);
  const lost_since_ms = usePart((s) => s.lost_since_ms);
  const asOf_ms = usePart((s) => s.coverage.at_ms || s.regions.at_ms);
  const hasBaseFailed = usePart((s) => s.has_base_failed);
  const hasTried = usePart((s) => s.scenario.whatIfs.length > 0);
  const name = region === null ? '' : nameIn(t.language, region.name);
  const others = regions.value?.filter((one) => one.state === 'ready' && one.id !== region?.id) ?? [];
  return (
    <div class="notices">
      {Bar && <Bar />}
      {lost_since_ms !== null && (
        <div class="note is-fault" role="alert">
          <p>
            {regions.value === null ? t('lostNothing') : t('lost', { time: t.time(asOf_ms) })}
            {hasTried && ` ${t('lostKept')}`}
          </p>
          <button type="button" class="button is-small" onClick={deeds.retry}>
            {t('retry')}
          </button>
        </div>
      )}
      {hasBaseFailed && (
        <p class="note" role="status">
          {t('baseMapFailed')}
        </p>
      )}
      {regions.value?.length === 0 && <p class="note">{t('noRegions')}</p>}
      {region?.state === 'failed' && (
        <div class="note is-fault" role="alert">
          <p>{t('regionFailed', { name, reason: region.reason ?? '' })}</p>
        </div>
      )}
      {region?.state === 'loading' && (
        <p class="note" role="status">
          {t('regionLoading', { name })}
        </p>
      )}
      {region?.invented && <p class="note is-made-up">{t('invented')}</p>}
      {region?.illustrative && !region.invented && <p class="note is-made-up">{t('illustrative')}</p>}
      {others.length > 0 && region !== null && region.state !== 'loading' && (
        <p class="note is-offer">
          <span>{t('regionOffer', { name: t.list(others.map((one) => nameIn(t.language, one.name))) })}</span>
          {others.slice(0, 1).map((one) => (
            <button
              key={one.id}
              type="button"
              class="link"
              onClick={() => dispatch({ is: 'regionPicked', region: one.id })}
            >
              {t('regionOpen')}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}
