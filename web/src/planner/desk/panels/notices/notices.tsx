// Notices, for planners: those that are in force, coming or over, and the form to write one.
import { useState } from 'preact/hooks';
import type { NewNotice, Notice } from '../../../../shared/contract.ts';
import { timeText, wordsOf } from '../../../bar/panels/NoticeBar.tsx';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePart, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field, Wrong } from '../parts.tsx';
import {
  fieldTime,
  NOTICE_KINDS,
  type NoticeKind,
  PRESETS,
  SEVERITIES,
  said,
  type Wording,
} from './presets.ts';

const DAY_MS = 86_400_000;
const LANGUAGES = ['zh', 'en'] as const;

export function NoticeList() {
  const t = useWords();
  const region = usePart((s) => s.region);
  const notices = useDeskPart((s) => (s.lists?.region === region ? s.lists.notices : null));
  const [isWriting, setWriting] = useState(false);
  return (
    <>
      {isWriting ? (
        <NoticeForm close={() => setWriting(false)} />
      ) : (
        <button type="button" class="button is-main is-full" onClick={() => setWriting(true)}>
          {t('deskNoticeNew')}
        </button>
      )}
      <Wrong deeds={['list']} />
      {notices === null ? <Skeleton rows={3} doing="page" /> : <Rows notices={notices} />}
    </>
  );
}

function Rows({ notices }: { notices: readonly Notice[] }) {
  const t = useWords();
  if (notices.length === 0) return <p class="empty">{t('deskNoticesNone')}</p>;
  return (
    <ul class="desk-rows">
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}

function NoticeRow({ notice }: { notice: Notice }) {
  const t = useWords();
  const { can } = useAtDesk();
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const isBusy = useDeskPart((s) => s.doing !== null);
  const [isAsked, setAsked] = useState(false);
  const { title, lang } = wordsOf(t.language, notice);
  const stands = notice.state === 'in_force' || notice.state === 'coming';
  return (
    <li class="desk-point">
      <span>
        <b>{t(`barKind_${notice.kind}`)}</b> <span lang={lang}>{title}</span>
        <small>
          {t(`deskNoticeState_${notice.state}`)} · {timeText(t, notice.from, zone)} –{' '}
          {timeText(t, notice.until, zone)}
        </small>
      </span>
      {stands && !isAsked && (
        <button
          type="button"
          class="button is-small"
          disabled={isBusy}
          aria-label={t('deskNoticeWithdrawOne', { title })}
          onClick={() => setAsked(true)}
        >
          {t('deskWithdraw')}
        </button>
      )}
      {stands && isAsked && (
        <div class="desk-decide">
          <p>{t('deskNoticeWithdrawMeans')}</p>
          <button
            type="button"
            class="button is-small is-danger"
            disabled={isBusy}
            onClick={() => void can.withdrawNotice(notice)}
          >
            {t('deskNoticeWithdrawDo')}
          </button>
          <button type="button" class="button is-small" onClick={() => setAsked(false)}>
            {t('deskCancel')}
          </button>
        </div>
      )}
      <Wrong deeds={['notice']} about={String(notice.id)} />
    </li>
  );
}

function NoticeForm({ close }: { close(): void }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const [kind, setKind] = useState<NoticeKind>('heat');
  const [severity, setSeverity] = useState<NewNotice['severity']>(PRESETS.heat.severity);
  const [words, setWords] = useState({ zh: PRESETS.heat.zh, en: PRESETS.heat.en });
  const [from, setFrom] = useState(() => fieldTime(Date.now()));
  const [until, setUntil] = useState(() => fieldTime(Date.now() + 2 * DAY_MS));
  const [villages, setVillages] = useState<readonly string[]>([]);
  const [waters, setWaters] = useState<readonly string[]>([]);
  const ofVillages = usePart((s) => s.coverage.value?.rows) ?? [];
  const ofWaters = usePart((s) => s.waters.value) ?? [];

  /** Words that somebody has put in their own way stay. */
  function pick(picked: NoticeKind) {
    const isOffered = (language: 'zh' | 'en') => words[language] === PRESETS[kind][language];
    setWords({
      zh: isOffered('zh') ? PRESETS[picked].zh : words.zh,
      en: isOffered('en') ? PRESETS[picked].en : words.en,
    });
    setSeverity(PRESETS[picked].severity);
    setKind(picked);
  }

  return (
    <form
      class="desk-form"
      aria-label={t('deskNoticeNew')}
      onSubmit={(e) => {
        e.preventDefault();
        const notice: NewNotice = {
          kind,
          severity,
          zh: said(words.zh),
          en: said(words.en),
          villages: [...villages],
          water_bodies: [...waters],
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
        };
        void can.writeNotice(notice, close);
      }}
    >
      <Field label={t('deskKind')}>
        <select value={kind} onChange={(e) => pick(e.currentTarget.value as NoticeKind)}>
          {NOTICE_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`barKind_${one}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={t('deskNoticeSeverity')}>
        <select
          value={severity}
          onChange={(e) => setSeverity(e.currentTarget.value as NewNotice['severity'])}
        >
          {SEVERITIES.map((one) => (
            <option key={one} value={one}>
              {t(`barSeverity_${one}`)}
            </option>
          ))}
        </select>
      </Field>
      {LANGUAGES.map((language) => (
        <WordsFields
          key={language}
          language={language}
          words={words[language]}
          give={(some) => setWords({ ...words, [language]: some })}
        />
      ))}
      <Field label={t('deskNoticeFrom')}>
        <input type="datetime-local" required value={from} onInput={(e) => setFrom(e.currentTarget.value)} />
      </Field>
      <Field label={t('deskNoticeUntil')} hint={t('deskNoticeLongest')}>
        <input
          type="datetime-local"
          required
          min={from}
          value={until}
          onInput={(e) => setUntil(e.currentTarget.value)}
        />
      </Field>
      <p class="hint">{t('deskNoticeWhere')}</p>
      <Places label={t('deskNoticeVillages')} all={ofVillages} picked={villages} give={setVillages} />
      <Places label={t('deskNoticeWaters')} all={ofWaters} picked={waters} give={setWaters} />
      <Wrong deeds={['notice']} />
      <div class="desk-save">
        <button type="submit" class="button is-main" disabled={isBusy}>
          {t('deskNoticePublish')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('deskCancel')}
        </button>
      </div>
    </form>
  );
}

function WordsFields(props: { language: 'zh' | 'en'; words: Wording; give(words: Wording): void }) {
  const t = useWords();
  const { language, words, give } = props;
  const name = t(`deskNoticeLanguage_${language}`);
  return (
    <>
      <Field label={t('deskNoticeTitle', { language: name })}>
        <input
          type="text"
          lang={language}
          maxLength={200}
          autocomplete="off"
          value={words.title}
          onInput={(e) => give({ ...words, title: e.currentTarget.value })}
        />
      </Field>
      <Field label={t('deskNoticeText', { language: name })}>
        <textarea
          rows={4}
          lang={language}
          maxLength={2000}
          value={words.text}
          onInput={(e) => give({ ...words, text: e.currentTarget.value })}
        />
      </Field>
    </>
  );
}

function Places(props: {
  label: string;
  all: readonly { readonly id: string; readonly name: string | null }[];
  picked: readonly string[];
  give(picked: readonly string[]): void;
}) {
  const { label, all, picked, give } = props;
  return (
    <details class="desk-places">
      <summary>
        {label}
        {picked.length > 0 && ` (${picked.length})`}
      </summary>
      <ul class="desk-rows">
        {all.map(({ id, name }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={picked.includes(id)}
                onChange={(e) =>
                  give(e.currentTarget.checked ? [...picked, id] : picked.filter((one) => one !== id))
                }
              />{' '}
              {name || id}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
