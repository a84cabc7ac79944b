// The audit log: who has changed what and when; each change can be taken back.
import type { AuditEntry } from '../../../shared/contract.ts';
import { Skeleton } from '../../panels/parts.tsx';
import { usePart, useWords } from '../../panels/planner.ts';
import { regionOf } from '../../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { entryText } from './entryText.ts';
import { Wrong } from './parts.tsx';

export function HistoryList() {
  const t = useWords();
  const { can } = useAtDesk();
  const region = usePart((s) => s.region);
  const history = useDeskPart((s) => (s.history?.region === region ? s.history : null));
  const isAsked = useDeskPart((s) => s.doing === 'list');
  const hasFailed = useDeskPart((s) => s.fault?.deed === 'list');
  if (history === null) {
    return hasFailed ? <Wrong deeds={['list']} /> : <Skeleton rows={6} doing="page" />;
  }
  if (history.entries.length === 0) return <p class="empty">{t('deskHistoryNone')}</p>;
  return (
    <>
      <ol class="history">
        {history.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <Wrong deeds={['list']} />
      {history.before !== null && (
        <button type="button" class="button is-full" disabled={isAsked} onClick={() => void can.older()}>
          {t('deskOlder')}
        </button>
      )}
    </>
  );
}

/** What people can take back; other things have their own course. */
const UNDOABLE = ['equipment', 'import', 'crossing', 'water_body', 'rescue_point', 'correction', 'setting'];

function Entry({ entry }: { entry: AuditEntry }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const zone = usePart((s) => regionOf(s)?.settings?.time_zone);
  const pieces = usePart((s) => s.equipment.value);
  const code = (id: string) =>
    pieces?.find(({ properties }) => properties.id === id)?.properties.code ?? null;
  const { verb, thing, changes } = entryText(t, entry, code);
  const at_ms = Date.parse(entry.at);
  return (
    <li>
      <p class="history-what">
        <b>{thing}</b> {verb}
      </p>
      <p class="history-who">
        {entry.who} · <time dateTime={entry.at}>{`${t.date(entry.at)} ${t.time(at_ms, zone)}`}</time>
      </p>
      {changes.length > 0 && (
        <ul>
          {changes.map(({ field, before, after }) => (
            <li key={field}>{t('deskChanged', { field, before, after })}</li>
          ))}
        </ul>
      )}
      {UNDOABLE.includes(entry.thing) && (
        <button
          type="button"
          class="button is-small"
          disabled={isBusy}
          aria-label={t('undoWhat', { what: `${thing} ${verb}` })}
          onClick={() => void can.undoEntry(entry.id)}
        >
          {t('undo')}
        </button>
      )}
      <Wrong deeds={['undo']} about={String(entry.id)} />
    </li>
  );
}
