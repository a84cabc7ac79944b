// One's evenings in a calendar of one's own: an address that the calendar asks by itself.
import { usePage, usePart, useWords } from '../context.ts';
import { Sheet } from '../parts.tsx';
import { faultText } from '../texts.ts';

export function Calendar() {
  const t = useWords();
  const { deeds } = usePage();
  const url = usePart((s) => s.calendar);
  const isOnline = usePart((s) => s.is_online);
  const isBusy = usePart((s) => s.doing === 'calendar');
  const fault = usePart((s) => (s.fault?.deed === 'calendar' ? s.fault.fault : null));
  return (
    <Sheet heading={t('volCalendar')}>
      <p>{t('volCalendarMore')}</p>
      <div role="alert">{fault !== null && <p class="note is-fault">{faultText(t, fault)}</p>}</div>
      {url === null ? (
        <>
          <p class="note">{t('volCalendarNew')}</p>
          {!isOnline && <p class="hint">{t('volNeedsLine')}</p>}
          <button
            type="button"
            class="button is-main is-large"
            disabled={isBusy || !isOnline}
            onClick={deeds.makeCalendar}
          >
            {t('volCalendarMake')}
          </button>
        </>
      ) : (
        <>
          <p class="hint">{t('volCalendarOld')}</p>
          <label class="field">
            <span>{t('volCalendarAddress')}</span>
            <textarea rows={5} readOnly value={url} onFocus={(e) => e.currentTarget.select()} />
          </label>
          <a class="button is-main is-large" href={url.replace(/^https?:/, 'webcal:')}>
            {t('volCalendarOpen')}
          </a>
          <button type="button" class="button is-full" onClick={() => deeds.copy(url)}>
            {t('volCopy')}
          </button>
        </>
      )}
    </Sheet>
  );
}
