// A part of the page that is fetched when it is first looked at; where it does not come, that is said, and tried again.
import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { type LaterParts, usePage, useWords } from './context.ts';
import { Sheet, Waits } from './parts.tsx';

export function Later({
  show,
  isSheet = false,
}: {
  show(parts: LaterParts): JSX.Element | null;
  isSheet?: boolean;
}) {
  const t = useWords();
  const { deeds } = usePage();
  const [parts, setParts] = useState<LaterParts | 'failed' | null>(null);
  const fetch = () => {
    setParts(null);
    deeds.later().then(setParts, () => setParts('failed'));
  };
  // Before anything is drawn: what is there already comes at once.
  useLayoutEffect(fetch, []);
  if (parts !== null && parts !== 'failed') return show(parts);
  if (parts === null && !isSheet) return null;
  const inside =
    parts === null ? (
      <Waits text={t('volOpening')} />
    ) : (
      <div class="note is-fault" role="alert">
        <p>{t('volNotFetched')}</p>
        <button type="button" class="button" onClick={fetch}>
          {t('retry')}
        </button>
      </div>
    );
  return isSheet ? (
    <Sheet heading={t(parts === null ? 'volOpening' : 'volNotThere')}>{inside}</Sheet>
  ) : (
    inside
  );
}
