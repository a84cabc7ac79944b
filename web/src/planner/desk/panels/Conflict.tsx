// Dialogs before something is lost: a piece that is taken away, and two people who changed the same one.

import { apart, placeText } from '../../../shared/places.ts';
import type { Words } from '../../../shared/words.ts';
import { Modal } from '../../panels/Modal.tsx';
import { conditionWord, kindWord } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import { changed, differences, type Field, type Fields } from '../draft.ts';
import type { Conflict } from '../state.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { Wrong } from './parts.tsx';
import { useClose } from './SignIn.tsx';
import { VersionsTable } from './VersionsTable.tsx';

export function AskRetire({ code }: { code: string }) {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const isBusy = useDeskPart((s) => s.doing !== null);
  return (
    <Modal heading={t('deskRetireAsk', { code })} class="dialog is-small" onClose={close}>
      <p>{t('deskRetireMeans')}</p>
      <Wrong deeds={['retire']} />
      <div class="desk-save">
        <button type="button" class="button is-danger" disabled={isBusy} onClick={() => void can.retire()}>
          {t('deskRetireDo')}
        </button>
        <button type="button" class="button" onClick={close}>
          {t('deskCancel')}
        </button>
      </div>
    </Modal>
  );
}

export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const t = useWords();
  const { can } = useAtDesk();
  const close = useClose();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const { code, deed, base, mine, theirs } = conflict;
  return (
    <Modal heading={t('deskConflict', { code })} class="dialog" onClose={close}>
      {theirs === null ? (
        <p>{t('deskConflictGone')}</p>
      ) : (
        <>
          <p>{t(deed === 'edit' ? 'deskConflictEdit' : 'deskConflictRetire')}</p>
          <Versions base={base} theirs={theirs.fields} mine={deed === 'edit' ? mine : null} />
        </>
      )}
      <Wrong deeds={['save', 'retire']} />
      <div class="desk-save">
        <button type="button" class="button" disabled={isBusy} onClick={can.keepTheirs}>
          {t(deed === 'edit' ? 'deskKeepTheirs' : 'deskKeepPiece')}
        </button>
        {theirs !== null && deed === 'edit' && (
          <button type="button" class="button" disabled={isBusy} onClick={can.editAgain}>
            {t('deskEditAgain')}
          </button>
        )}
        {theirs !== null && (
          <button
            type="button"
            class="button is-danger"
            disabled={isBusy}
            onClick={() => void can.writeMine()}
          >
            {t(deed === 'edit' ? 'deskWriteMine' : 'deskRetireDo')}
          </button>
        )}
      </div>
    </Modal>
  );
}

/** Only what differs, theirs and one's own side by side; without an own version, how it was instead. */
function Versions({ base, theirs, mine }: { base: Fields; theirs: Fields; mine: Fields | null }) {
  const t = useWords();
  const rows =
    mine === null
      ? changed(base, theirs).map((field) => ({ field, is_mine: false }))
      : differences(base, theirs, mine);
  return (
    <VersionsTable
      other={t(mine === null ? 'deskBefore' : 'deskMine')}
      rows={rows.map(({ field, is_mine }) => ({
        field,
        label: t(fieldWord(field)),
        theirs: (
          <>
            {valueText(t, theirs, field)}
            {field === 'at' && <small>{t('deskMoved', { m: t.meters(apart(base.at, theirs.at)) })}</small>}
          </>
        ),
        other:
          mine === null ? (
            valueText(t, base, field)
          ) : is_mine ? (
            <>
              {valueText(t, mine, field)}
              {field === 'at' && <small>{t('deskMoved', { m: t.meters(apart(base.at, mine.at)) })}</small>}
            </>
          ) : (
            t('deskUntouched')
          ),
        isUntouched: mine !== null && !is_mine,
      }))}
    />
  );
}

export const fieldWord = (field: Field) => `deskField_${field}` as const;

export function valueText(t: Words, fields: Fields, field: Field): string {
  switch (field) {
    case 'kind':
      return t(kindWord(fields.kind));
    case 'condition':
      return t(conditionWord(fields.condition));
    case 'at':
      return placeText(fields.at);
    case 'inspected_on':
      return fields.inspected_on === '' ? '—' : t.date(fields.inspected_on);
    case 'name':
    case 'note':
      return fields[field] === '' ? '—' : fields[field];
  }
}
