// What was entered on this phone and has not arrived yet, and what has.
import type { Entry } from '../outbox/entry.ts';
import { isUnsent, isWaiting } from '../outbox/entry.ts';
import { useClock, usePage, usePart, useWords } from './context.ts';
import { Icon } from './parts.tsx';
import { entryText, sizeOf, sizeText } from './texts.ts';

export function Outbox() {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const entries = usePart((s) => s.entries);
  const isOnline = usePart((s) => s.is_online);
  const isSending = usePart((s) => s.sending !== null);
  const unsent = entries.filter(isUnsent);
  const sent = entries.filter((entry) => !isUnsent(entry)).reverse();
  const waiting = entries.filter(isWaiting).length;
  return (
    <section class="outbox">
      <header class="page-heading">
        <h1>{t('volOutbox')}</h1>
        <button
          type="button"
          class="round"
          aria-label={t('close')}
          onClick={() => dispatch({ is: 'outboxOpened', open: false })}
        >
          <Icon name="close" />
        </button>
      </header>
      {unsent.length === 0 ? (
        <p class="empty is-good">{t('volAllSent')}</p>
      ) : (
        <>
          <ul class="entries">
            {unsent.map((entry) => (
              <Row key={entry.uuid} entry={entry} />
            ))}
          </ul>
          <button
            type="button"
            class="button is-main is-large"
            disabled={waiting === 0 || isSending}
            onClick={deeds.sendNow}
          >
            {t(isSending ? 'volSendingNow' : 'volSendNow')}
          </button>
          {!isOnline && <p class="hint">{t('volSentByItself')}</p>}
          <p class="note">{t('volDontClear')}</p>
          <button type="button" class="button is-full" onClick={deeds.exportUnsent}>
            {t('volExport')}
          </button>
        </>
      )}
      {sent.length > 0 && (
        <details class="card">
          <summary>{t('volArrived', { n: sent.length })}</summary>
          <ul class="entries">
            {sent.map((entry) => (
              <Row key={entry.uuid} entry={entry} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Row({ entry }: { entry: Entry }) {
  const t = useWords();
  const { deeds, dispatch } = usePage();
  const isSending = usePart((s) => s.sending === entry.uuid);
  const time = useClock();
  const isOthers = usePart((s) => s.who !== entry.account);
  const text = usePart((s) => entryText(t, entry, s));
  const { state, photos } = entry;
  const gone = photos.filter(({ is }) => is === 'sent').length;
  const lost = photos.filter(({ is }) => is === 'refused').length;
  const is = isSending ? 'sending' : state.is;
  return (
    <li class={`is-${is}`}>
      <div>
        <p>{text}</p>
        <small>
          {[
            time(entry.body.at),
            state.is === 'sent' ? null : sizeText(t, sizeOf(entry)),
            isOthers ? t('volOf', { name: entry.account }) : null,
            photos.length > 0 ? t('volPhotosOf', { n: gone, of: photos.length }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {lost > 0 && <small class="is-bad">{t('volPhotosLost', { n: lost })}</small>}
        {state.is === 'refused' && <small class="is-bad">{t('volRefused', { why: state.why })}</small>}
        {state.is === 'locked' && <small class="is-bad">{t('volLocked', { name: entry.account })}</small>}
      </div>
      <b class="state">{t(`volState_${is}`)}</b>
      {state.is !== 'sent' && !isSending && (
        <button
          type="button"
          class="round is-bad"
          aria-label={`${t('volDelete')}: ${text}`}
          onClick={() => dispatch({ is: 'dialogOpened', dialog: { is: 'drop', uuid: entry.uuid } })}
        >
          <Icon name="trash" />
        </button>
      )}
      {state.is === 'refused' && (
        <button type="button" class="button is-full" onClick={() => deeds.again(entry.uuid)}>
          {t('retry')}
        </button>
      )}
    </li>
  );
}
