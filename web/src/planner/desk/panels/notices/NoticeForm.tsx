// The form of a notice that is written or edited; what somebody else has made of it meanwhile stands beside one's own.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Notice } from '../../../../shared/contract.ts';
import { usePart, useWords } from '../../../panels/planner.ts';
import {
  fieldTime,
  type NoticeFields,
  newNoticeOf,
  noticeChanged,
  noticeEditOf,
  noticeFieldsOf,
  rebasedNotice,
  type Wording,
} from '../../notices/draft.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field, Wrong } from '../parts.tsx';
import { NoticeVersions } from './NoticeVersions.tsx';
import { NOTICE_KINDS, offered, picked, SEVERITIES } from './presets.ts';

const LANGUAGES = ['zh', 'en'] as const;

/** Of a notice that is there, or of a new one. */
export function NoticeForm({ seen, close }: { seen: Notice | null; close(): void }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  /** What one's own version is held against: the latest that was looked at. */
  const [base, setBase] = useState(seen);
  const [mine, setMine] = useState(() => (seen === null ? offered(Date.now()) : noticeFieldsOf(seen)));
  const [isConflict, setConflict] = useState(false);
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const ofVillages = usePart((s) => s.coverage.value?.rows) ?? [];
  const ofWaters = usePart((s) => s.waters.value) ?? [];
  const say = (some: Partial<NoticeFields>) => setMine({ ...mine, ...some });
  const isUnchanged = base !== null && noticeChanged(noticeFieldsOf(base), mine).length === 0;

  function send(): void {
    if (base === null) {
      void can.writeNotice(newNoticeOf(mine), close);
      return;
    }
    const was = noticeFieldsOf(base);
    void can.editNotice(base, noticeEditOf(was, mine), close, (theirs) => {
      setBase(theirs);
      setMine(rebasedNotice(was, noticeFieldsOf(theirs), mine));
      setConflict(true);
    });
  }

  return (
    <form
      class="desk-form desk-notice-form"
      aria-label={t(seen === null ? 'deskNoticeNew' : 'deskNoticeEdit')}
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <div class="desk-pair">
        <Field label={t('deskKind')}>
          <select
            ref={first}
            value={mine.kind}
            onChange={(e) => {
              const kind = e.currentTarget.value as NoticeFields['kind'];
              if (seen === null) setMine(picked(mine, kind));
              else say({ kind });
            }}
          >
            {NOTICE_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`barKind_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('deskNoticeSeverity')}>
          <select
            value={mine.severity}
            onChange={(e) => say({ severity: e.currentTarget.value as NoticeFields['severity'] })}
          >
            {SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {t(`barSeverity_${one}`)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {LANGUAGES.map((language) => (
        <WordsFields
          key={language}
          language={language}
          words={mine[language]}
          give={(some) => say({ [language]: some })}
        />
      ))}
      <Field label={t('deskNoticeFrom')}>
        <input
          type="datetime-local"
          required
          value={mine.from}
          onInput={(e) => say({ from: e.currentTarget.value })}
        />
      </Field>
      <Field label={t('deskNoticeUntil')} hint={t('deskNoticeLongest')}>
        <input
          type="datetime-local"
          required
          min={seen === null ? mine.from : later(mine.from, fieldTime(Date.now()))}
          value={mine.until}
          onInput={(e) => say({ until: e.currentTarget.value })}
        />
      </Field>
      <p class="hint">{t('deskNoticeWhere')}</p>
      <Places
        label={t('deskNoticeVillages')}
        all={ofVillages}
        picked={mine.villages}
        give={(villages) => say({ villages })}
      />
      <Places
        label={t('deskNoticeWaters')}
        all={ofWaters}
        picked={mine.water_bodies}
        give={(water_bodies) => say({ water_bodies })}
      />
      {seen === null && <Wrong deeds={['notice']} />}
      <div role="alert">
        {isConflict && base !== null && <NoticeVersions theirs={noticeFieldsOf(base)} mine={mine} />}
      </div>
      <div class="desk-save">
        <button type="submit" class="button is-main" disabled={isBusy || isUnchanged}>
          {t(seen === null ? 'deskNoticePublish' : isConflict ? 'deskWriteMine' : 'deskSave')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t(isConflict ? 'deskKeepTheirs' : 'deskCancel')}
        </button>
        {seen !== null && <p class="hint">{t(isUnchanged ? 'deskNothingChanged' : 'deskNoticeToldAgain')}</p>}
      </div>
    </form>
  );
}

/** Of two moments as fields show them. */
const later = (a: string, b: string) => (a < b ? b : a);

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
