// A file of equipment: what it would do, row by row, and the button that does it.
import '../../style/import.css';
import { useEffect, useRef } from 'preact/hooks';
import type { Doubt, Kind, LonLat, Preview, PreviewRow } from '../../../../shared/contract.ts';
import { KINDS } from '../../../../shared/contract.ts';
import type { Key, Words } from '../../../../shared/words.ts';
import { kindWord, Skeleton } from '../../../panels/parts.tsx';
import { usePlanner, useWords } from '../../../panels/planner.ts';
import type { Brought } from '../../state.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field, Wrong } from '../parts.tsx';
import { ColumnsForm } from './ColumnsForm.tsx';

const DATUMS = { wgs84: 'WGS-84', gcj02: 'GCJ-02', bd09: 'BD-09', cgcs2000: 'CGCS2000' } as const;
const SKIPS = ['wrong_datum', 'wrong_bank', 'duplicate', 'retired', 'outside', 'bad_value'] as const;
const DOUBTS: readonly string[] = ['wrong_datum', 'wrong_bank', 'duplicate', 'retired'];
const OUTCOMES = ['added', 'changed', 'unchanged', 'skipped'] as const;

/** So many rows of each kind are listed. */
const SHOWN = 20;

const datumText = (datum: string) => DATUMS[datum as keyof typeof DATUMS] ?? datum;

export function Import() {
  const t = useWords();
  const { can } = useAtDesk();
  const brought = useDeskPart((s) => s.brought);
  const isReading = useDeskPart((s) => s.doing === 'preview');
  const section = useRef<HTMLElement>(null);
  const hasCome = brought?.preview !== null && brought !== null;
  useEffect(() => section.current?.scrollIntoView({ block: 'start' }), []);
  // What had the focus is gone: the button that chose the file, or the form that said which column is which.
  useEffect(() => section.current?.focus({ preventScroll: true }), [hasCome]);
  if (brought === null) return null;
  const { file, preview, unread } = brought;
  return (
    <section ref={section} class="import" tabIndex={-1} aria-label={t('deskImportOf', { name: file.name })}>
      <h2>{t('deskImportOf', { name: file.name })}</h2>
      {preview === null && isReading && <p role="status">{t('deskImportReading', { name: file.name })}</p>}
      {preview === null && isReading && unread === null && <Skeleton rows={4} doing="page" />}
      {unread !== null && (
        <>
          <p class="note is-warning" role="status">
            {t('deskColumnsUnread')}
          </p>
          <ColumnsForm columns={unread} isNext />
        </>
      )}
      {preview !== null && <Seen brought={brought} preview={preview} />}
      <Wrong deeds={['preview', 'import']} />
      <div class="desk-save">
        {preview !== null && <DoIt preview={preview} />}
        <button type="button" class="button" onClick={() => can.dropFile()}>
          {t('deskImportDrop')}
        </button>
      </div>
    </section>
  );
}

function DoIt({ preview }: { preview: Preview }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const isImporting = useDeskPart((s) => s.doing === 'import');
  const n = preview.counts.added + preview.counts.changed;
  const text = n === 0 ? t('deskImportNothing') : t('deskImportDo', { n });
  return (
    <button
      type="button"
      class="button is-main"
      disabled={isBusy || n === 0}
      onClick={() => void can.importIt()}
    >
      {isImporting ? t('deskImporting') : text}
    </button>
  );
}

function Seen({ brought, preview }: { brought: Brought; preview: Preview }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { asked } = brought;
  const { counts, suspicion } = preview;
  return (
    <>
      <ul class="import-counts">
        {OUTCOMES.map((outcome) => (
          <li key={outcome} class={`is-${outcome}`}>
            <b>{t.count(counts[outcome])}</b> <span>{t(`deskOutcome_${outcome}`)}</span>
          </li>
        ))}
      </ul>
      {suspicion !== null && (
        <div class="note is-warning import-doubt" role="alert">
          <p>{t('deskSuspicion', { datum: datumText(suspicion.datum), m: t.meters(suspicion.off_m) })}</p>
          <button
            type="button"
            class="button is-small is-main"
            disabled={isBusy}
            onClick={() => void can.readAgain({ datum: suspicion.datum })}
          >
            {t('deskSuspicionMend', { datum: datumText(suspicion.datum) })}
          </button>
        </div>
      )}
      {counts.villages > 0 && <p class="note">{t('deskImportVillages', { n: counts.villages })}</p>}
      <div class="desk-pair">
        <Field label={t('deskImportDatum')}>
          <select
            value={asked.datum}
            disabled={isBusy}
            onChange={(e) => void can.readAgain({ datum: e.currentTarget.value })}
          >
            <option value="">{t('deskImportDatumOwn')}</option>
            {Object.entries(DATUMS).map(([datum, name]) => (
              <option key={datum} value={datum}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('deskImportKind')}>
          <select
            value={asked.kind}
            disabled={isBusy}
            onChange={(e) => void can.readAgain({ kind: e.currentTarget.value })}
          >
            <option value="">{t('deskImportKindNone')}</option>
            {KINDS.filter((kind) => kind !== 'other').map((kind) => (
              <option key={kind} value={kind}>
                {t(kindWord(kind))}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {asked.takes.map((doubt) => (
        <p key={doubt} class="import-taken">
          {t(`deskTaken_${doubt}`)}{' '}
          <button type="button" class="link" disabled={isBusy} onClick={() => void can.take(doubt, false)}>
            {t('deskTakeNot')}
          </button>
        </p>
      ))}
      {SKIPS.map((reason) => (
        <Skipped key={reason} reason={reason} preview={preview} />
      ))}
      <Rows
        heading={t('deskImportChanged')}
        rows={preview.rows.filter(({ properties }) => properties.outcome === 'changed')}
        n={counts.changed}
        more={({ changes }) => (changes ?? []).map((field) => t(`deskField_${field}` as Key)).join(', ')}
      />
      {preview.columns.length > 0 && (
        <details>
          <summary>{t('deskColumns')}</summary>
          {/* What is chosen begins anew with every reading. */}
          <ColumnsForm
            key={preview.columns.map(({ read_as }) => read_as).join()}
            columns={preview.columns}
            isNext={false}
          />
        </details>
      )}
      {preview.oddities.length > 0 && (
        <details>
          <summary>
            {t('deskImportOdd')} ({t.count(counts.oddities)})
          </summary>
          <ul class="desk-rows">
            {preview.oddities.slice(0, SHOWN).map(({ id, detail }, i) => (
              <li key={`${i} ${id}`}>
                <span>
                  {id}
                  <small>{detail}</small>
                </span>
              </li>
            ))}
          </ul>
          <More n={counts.oddities - SHOWN} />
        </details>
      )}
    </>
  );
}

/** `row 12` and `feature 3` as the service names them, in the page's language. */
function rowText(t: Words, row: string): string {
  const [, what, n] = /^(row|feature) (\d+)$/.exec(row) ?? [];
  return what === undefined || n === undefined ? row : t(`deskRow_${what}` as Key, { n });
}

type Row = Preview['rows'][number];

function Skipped({ reason, preview }: { reason: (typeof SKIPS)[number]; preview: Preview }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const rows = preview.rows.filter(({ properties }) => properties.reason === reason);
  if (rows.length === 0) return null;
  return (
    <Rows
      heading={t(`deskSkip_${reason}`)}
      rows={rows}
      n={rows.length}
      more={({ detail, away_m }) =>
        [detail, typeof away_m === 'number' ? t.meters(away_m) : null].filter(Boolean).join(' · ')
      }
    >
      {DOUBTS.includes(reason) && (
        <button
          type="button"
          class="button is-small"
          disabled={isBusy}
          onClick={() => void can.take(reason as Doubt, true)}
        >
          {t('deskTakeAnyway')}
        </button>
      )}
    </Rows>
  );
}

function Rows(props: {
  heading: string;
  rows: readonly Row[];
  n: number;
  more(row: PreviewRow): string;
  children?: preact.ComponentChildren;
}) {
  const t = useWords();
  const { dispatch } = usePlanner();
  if (props.n === 0) return null;
  return (
    <details>
      <summary>
        {props.heading} ({t.count(props.n)})
      </summary>
      {props.children}
      <ul class="desk-rows">
        {props.rows.slice(0, SHOWN).map(({ geometry, properties }) => {
          const [lon, lat] = geometry.coordinates as unknown as LonLat;
          const kind = t(kindWord(properties.kind as Kind));
          return (
            <li key={properties.row + properties.id}>
              <span>
                <button
                  type="button"
                  class="link"
                  onClick={() => dispatch({ is: 'waterPicked', bounds: [lon, lat, lon, lat] })}
                >
                  {t('deskImportRow', {
                    row: rowText(t, properties.row),
                    name: properties.name ?? properties.id,
                  })}
                </button>
                <small>{[kind, props.more(properties)].filter(Boolean).join(' · ')}</small>
              </span>
            </li>
          );
        })}
      </ul>
      <More n={props.n - SHOWN} />
    </details>
  );
}

function More({ n }: { n: number }) {
  const t = useWords();
  return n > 0 ? <p class="hint">{t('deskImportMore', { n })}</p> : null;
}
