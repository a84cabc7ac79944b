// The first steps, on the first visit and whenever they are asked for again.
import { usePart, usePlanner, useWords } from './planner.ts';

export function Steps() {
  const t = useWords();
  return (
    <ol class="steps">
      <li>{t('hint1')}</li>
      <li>{t('hint2')}</li>
      <li>{t('hint3')}</li>
    </ol>
  );
}

export function Hints() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const isShown = usePart((s) => s.has_hints);
  if (!isShown) return null;
  return (
    <aside class="hints" aria-label={t('hintsHeading')}>
      <h2>{t('hintsHeading')}</h2>
      <Steps />
      <button
        type="button"
        class="button is-small"
        onClick={() => dispatch({ is: 'hintsSet', shown: false })}
      >
        {t('dismiss')}
      </button>
    </aside>
  );
}
