// Notices, for planners: those that are in force, coming or over; written, edited, ended and withdrawn. And who is told of them.
import '../../style/notices.css';
import { useState } from 'preact/hooks';
import { holds } from '../../../../shared/accounts.ts';
import type { Notice } from '../../../../shared/contract.ts';
import { timeText, wordsOf } from '../../../../shared/notices.ts';
import { Skeleton } from '../../../panels/parts.tsx';
import { usePart, useWords } from '../../../panels/planner.ts';
import { regionOf } from '../../../state.ts';
import { Confirm, useAsked } from '../asked.tsx';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Wrong } from '../parts.tsx';
import { NoticeForm } from './NoticeForm.tsx';
import { Webhooks } from './Webhooks.tsx';

export function NoticeList() {
  const t = useWords();
  const region = usePart((s) => s.region);
  const notices = useDeskPart((s) => (s.lists?.region === region ? s.lists.notices : null));
  const mayTell = useDeskPart((s) => holds(s.account, 'administrator', null));
  const [isWriting, setWriting] = useState(false);
  return (
    <>
      {isWriting ? (
        <NoticeForm seen={null} close={() => setWriting(false)} />
      ) : (
        <button type="button" class="button is-main is-full" onClick={() => setWriting(true)}>
          {t('deskNoticeNew')}
        </button>
      )}
      <Wrong deeds={['list']} />
      {notices === null ? <Skeleton rows={3} doing="page" /> : <Rows notices={notices} />}
      {mayTell && <Webhooks />}
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
  const { asked, ask, line } = useAsked<'edit' | 'end' | 'withdraw'>();
  const { title, lang } = wordsOf(t.language, notice);
  const stands = notice.state === 'in_force' || notice.state === 'coming';
  const button = (what: 'edit' | 'end' | 'withdraw') => (
    <button
      type="button"
      class="button is-small"
      disabled={isBusy}
      aria-label={t(`deskNoticeDoOne_${what}`, { title })}
      onClick={() => ask(what)}
    >
      {t(`deskNoticeDo_${what}`)}
    </button>
  );
  return (
    <li class="desk-notice" ref={line} tabIndex={-1}>
      <span>
        <b>{t(`barKind_${notice.kind}`)}</b> <span lang={lang}>{title}</span>
        <small>
          {t(`deskNoticeState_${notice.state}`)} · {timeText(t, notice.from, zone)} –{' '}
          {timeText(t, notice.until, zone)}
        </small>
      </span>
      {stands && asked === null && (
        <div class="desk-decide">
          {button('edit')}
          {notice.state === 'in_force' && button('end')}
          {button('withdraw')}
        </div>
      )}
      {stands && asked === 'edit' && <NoticeForm seen={notice} close={() => ask(null)} />}
      {stands && (asked === 'end' || asked === 'withdraw') && (
        <Confirm
          means={t(`deskNoticeMeans_${asked}`)}
          does={t(`deskNoticeSure_${asked}`)}
          act={() => {
            ask(null);
            void (asked === 'end' ? can.endNotice(notice) : can.withdrawNotice(notice));
          }}
          cancel={() => ask(null)}
        />
      )}
      <Wrong deeds={['notice']} about={String(notice.id)} />
    </li>
  );
}
