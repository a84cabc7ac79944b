// What is listed of the register: crossings, waters with their grades, inspections that are due, reports to decide on.
import { useState } from 'preact/hooks';
import type { DuePiece, Report, Water } from '../../../shared/contract.ts';
import { placeText } from '../../../shared/places.ts';
import type { Key, Words } from '../../../shared/words.ts';
import { nameOfPiece } from '../../answers.ts';
import { crossingText } from '../../panels/crossingText.ts';
import { Modal } from '../../panels/Modal.tsx';
import { conditionWord, kindWord, Skeleton } from '../../panels/parts.tsx';
import { usePart, usePlanner, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import type { Lists } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { Field, Wrong } from './parts.tsx';

const MOST_SHOWN = 60;

export function useList<K extends Exclude<keyof Lists, 'region'>>(which: K): Lists[K] | null {
  const region = usePart((s) => s.region);
  return useDeskPart((s) => (s.lists?.region === region ? s.lists[which] : null));
}

/** While a list is on its way, or why it is not. */
export function Coming() {
  return (
    <>
      <Wrong deeds={['list']} />
      <Skeleton rows={6} doing="page" />
    </>
  );
}

export function CrossingList() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const crossings = useList('crossings');
  const [text, setText] = useState('');
  if (crossings === null) return <Coming />;
  const sought = text.trim().toLowerCase();
  const named = crossings.map(({ properties: p }) => ({ p, name: crossingText(t, p.id) }));
  const found = named
    .filter(({ p, name }) => `${name} ${p.name ?? ''} ${p.id}`.toLowerCase().includes(sought))
    // What is closed comes first: it is what one looks for.
    .sort((a, b) => Number(a.p.state === 'open') - Number(b.p.state === 'open'));
  const n_closed = found.filter(({ p }) => p.state === 'closed').length;
  return (
    <>
      <Field label={t('deskFindCrossing')}>
        <input type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </Field>
      <p class="hint" role="status">
        {t('deskCrossingsFound', { n: found.length, closed: n_closed })}
      </p>
      <ul class="desk-rows">
        {found.slice(0, MOST_SHOWN).map(({ p, name }) => (
          <li key={p.id}>
            <button
              type="button"
              class="link"
              onClick={() => dispatch({ is: 'selected', selection: { what: 'crossing', id: p.id } })}
            >
              {p.name ? `${name} · ${p.name}` : name}
            </button>
            <span class={p.state === 'closed' ? 'is-bad' : ''}>
              {t(p.state === 'open' ? 'deskStateOpen' : 'deskStateClosed')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const GRADES = [4, 3, 2, 1] as const;

export function WaterList() {
  const t = useWords();
  const waters = useList('waters');
  if (waters === null) return <Coming />;
  const names = new Intl.Collator(t.language === 'zh' ? 'zh-CN' : 'en');
  const order = (a: Water, b: Water) =>
    b.risk - a.risk || names.compare(a.name ?? '\uffff', b.name ?? '\uffff') || b.bank_m - a.bank_m;
  return (
    <>
      <p class="hint">{t('deskGradesMean')}</p>
      <ul class="desk-rows">
        {[...waters].sort(order).map((water) => (
          <WaterRow key={water.id} water={water} />
        ))}
      </ul>
    </>
  );
}

function WaterRow({ water }: { water: Water }) {
  const t = useWords();
  const { can } = useAtDesk();
  const { dispatch } = usePlanner();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const bounds = usePart((s) => s.waters.value?.find(({ id }) => id === water.id)?.bounds ?? null);
  const name = water.name ?? t('deskUnnamed', { id: water.id });
  return (
    <li class="desk-water">
      <span>
        {bounds === null ? (
          name
        ) : (
          <button type="button" class="link" onClick={() => dispatch({ is: 'waterPicked', bounds })}>
            {name}
          </button>
        )}
        <small>
          {t('deskBank', { m: t.meters(water.bank_m) })}
          {water.risk !== water.mapped_risk &&
            ` · ${t('deskMappedGrade', { grade: gradeText(t, water.mapped_risk) })}`}
        </small>
      </span>
      <select
        aria-label={t('deskGradeOf', { name })}
        value={water.risk}
        disabled={isBusy}
        onChange={(e) => {
          const risk = Number(e.currentTarget.value);
          // Until it is kept, the grade stays what it was.
          e.currentTarget.value = String(water.risk);
          void can.grade(water, risk, name);
        }}
      >
        {GRADES.map((grade) => (
          <option key={grade} value={grade}>
            {gradeText(t, grade)}
          </option>
        ))}
      </select>
      <Wrong deeds={['grade']} about={water.id} />
    </li>
  );
}

const gradeText = (t: Words, grade: number) => t(`deskGrade_${grade}` as Key);

export function DueList() {
  const t = useWords();
  const due = useList('due');
  if (due === null) return <Coming />;
  const overdue = due.inspections.filter((one) => one.overdue);
  const later = due.inspections.filter((one) => !one.overdue).slice(0, MOST_SHOWN);
  return (
    <>
      <p class={due.overdue === 0 ? 'empty is-good' : 'list-lead'}>
        {due.overdue === 0 ? t('deskDueNone') : t('deskDueCount', { n: due.overdue, total: due.total })}
      </p>
      <ul class="desk-rows">
        {[...overdue, ...later].map((piece) => (
          <DueRow key={piece.id} piece={piece} />
        ))}
      </ul>
    </>
  );
}

function DueRow({ piece }: { piece: DuePiece }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const where = [piece.name, piece.village].filter(Boolean).join(' · ');
  return (
    <li>
      <span>
        <button
          type="button"
          class="link"
          onClick={() =>
            dispatch({ is: 'selected', selection: { what: 'piece', id: piece.id }, flies: true })
          }
        >
          {t('pieceHeading', { kind: t(kindWord(piece.kind)), code: piece.code })}
        </button>
        <small>{[where, t(conditionWord(piece.condition))].filter(Boolean).join(' · ')}</small>
      </span>
      <span class={piece.overdue ? 'desk-due is-bad' : 'desk-due'}>
        {dueText(t, piece)}
        {piece.inspected_on !== null && <small>{t('inspected', { date: t.date(piece.inspected_on) })}</small>}
      </span>
    </li>
  );
}

function dueText(t: Words, { overdue, days_overdue, due_on }: DuePiece): string {
  if (days_overdue === null || due_on === null) return t('deskNeverLooked');
  if (overdue) return t('deskOverdueBy', { n: days_overdue });
  return t('deskDueOn', { date: t.date(due_on) });
}

export function ReportList() {
  const t = useWords();
  const reports = useList('reports');
  if (reports === null) return <Coming />;
  if (reports.length === 0) return <p class="empty is-good">{t('deskReportsNone')}</p>;
  return (
    <ol class="history">
      {reports.map((report) => (
        <ReportRow key={report.id} report={report} />
      ))}
    </ol>
  );
}

function Photos({ report: { id, photos } }: { report: Report }) {
  const t = useWords();
  const [large, setLarge] = useState<number | null>(null);
  const name = (index: number) => t('deskPhoto', { n: index + 1, id });
  const shown = large === null ? undefined : photos[large];
  return (
    <>
      <ul class="desk-photos">
        {photos.map(({ url, width, height }, index) => (
          <li key={url}>
            <button type="button" aria-haspopup="dialog" onClick={() => setLarge(index)}>
              <img src={url} width={width} height={height} alt={name(index)} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {large !== null && shown !== undefined && (
        <Modal heading={name(large)} class="dialog is-photo" onClose={() => setLarge(null)}>
          <img src={shown.url} width={shown.width} height={shown.height} alt={name(large)} />
        </Modal>
      )}
    </>
  );
}

function ReportRow({ report }: { report: Report }) {
  const t = useWords();
  const { can } = useAtDesk();
  const { dispatch } = usePlanner();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const { equipment, at } = report;
  const code = usePart((s) => (equipment === null ? null : nameOfPiece(s, equipment)));
  const seen = t(`deskSeen_${report.kind}`);
  const time = `${t.date(report.reported_at)} ${t.time(Date.parse(report.reported_at), zone)}`;
  return (
    <li>
      <p class="history-what">
        <b>{seen}</b>{' '}
        <button
          type="button"
          class="link"
          onClick={() => {
            if (equipment !== null)
              dispatch({ is: 'selected', selection: { what: 'piece', id: equipment }, flies: true });
            else if (at !== null) dispatch({ is: 'selected', selection: { what: 'place', at }, flies: true });
          }}
        >
          {code ?? (at === null ? '' : placeText(at))}
        </button>
      </p>
      <p class="history-who">
        {report.reporter ?? t('deskStranger')} · <time dateTime={report.reported_at}>{time}</time>
      </p>
      {report.note !== null && <p class="desk-quote">{report.note}</p>}
      {report.photos.length > 0 && <Photos report={report} />}
      {report.heeded && <p class="hint">{t('deskHeeded')}</p>}
      <div class="desk-decide">
        <button
          type="button"
          class="button is-small is-main"
          disabled={isBusy}
          onClick={() => void can.decide(report, 'confirmed')}
        >
          {t('deskConfirm')}
        </button>
        <button
          type="button"
          class="button is-small"
          disabled={isBusy}
          onClick={() => void can.decide(report, 'rejected')}
        >
          {t('deskReject')}
        </button>
      </div>
      <Wrong deeds={['decide']} about={String(report.id)} />
    </li>
  );
}
