// The notices in force: one quiet line each, with all that they say behind it.
import '../bar.css';
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Notice } from '../../../shared/contract.ts';
import { timeText, wordsOf } from '../../../shared/notices.ts';
import type { Words } from '../../../shared/words.ts';
import { nameOfVillage, nameOfWater } from '../../answers.ts';
import { usePart, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';

type Shown = { readonly region: string; readonly notices: readonly Notice[] } | null;

export function barOf(shown: ReadonlySignal<Shown>): ComponentType {
  return function NoticeBar() {
    const t = useWords();
    const region = usePart((s) => s.region);
    const now = shown.value;
    const notices = now?.region === region ? now.notices : [];
    return (
      <section class="warned" role="status" aria-label={t('barHeading')}>
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} t={t} />
        ))}
      </section>
    );
  };
}

function OneNotice({ notice, t }: { notice: Notice; t: Words }) {
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const places = usePart((s) =>
    [
      ...notice.villages.map((id) => nameOfVillage(s, id) ?? id),
      ...notice.water_bodies.map((id) => nameOfWater(s, id) ?? id),
    ].join(t.language === 'zh' ? '、' : ', '),
  );
  const { title, text, lang } = wordsOf(t.language, notice);
  return (
    <details class={`warned-one is-${notice.severity}`}>
      <summary>
        <b>{t(`barKind_${notice.kind}`)}</b> <span lang={lang}>{title}</span>{' '}
        <small>{t('barUntil', { time: timeText(t, notice.until, zone) })}</small>
      </summary>
      <p class="warned-text" lang={lang}>
        {text}
      </p>
      <p class="hint">
        {t(`barSeverity_${notice.severity}`)} · {places || t('barWhole')}
      </p>
    </details>
  );
}
