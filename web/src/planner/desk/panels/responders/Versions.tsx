// Two people have changed the same one of those who may be called: both versions where they differ, and the choice.
import { Modal } from '../../../panels/Modal.tsx';
import { useWords } from '../../../panels/planner.ts';
import { changed, fieldsOf, nameOf } from '../../responders/draft.ts';
import type { Conflict } from '../../responders/state.ts';
import { type VersionRow, VersionsTable } from '../VersionsTable.tsx';
import { useResponders, useRespondersPart } from './context.ts';
import { fieldWord, valueText } from './texts.ts';
import { ResponderWrong } from './Wrong.tsx';

export function Versions({ conflict }: { conflict: Conflict }) {
  const t = useWords();
  const can = useResponders();
  const isBusy = useRespondersPart((s) => s.doing !== null);
  const { deed, seen, theirs } = conflict;
  const isEdit = deed === 'save';
  return (
    <Modal
      heading={t('deskConflict', { code: nameOf(t, seen) })}
      class="dialog"
      onClose={() => (theirs === null ? can.keepTheirs() : can.decideLater())}
    >
      {theirs === null ? (
        <p>{t('deskResponderGone')}</p>
      ) : (
        <>
          <p>{t(isEdit ? 'deskConflictEdit' : 'deskResponderChanged')}</p>
          <Table conflict={conflict} theirs={theirs} />
          <ResponderWrong what={deed} about={seen.id} />
        </>
      )}
      <div class="desk-save">
        <button type="button" class="button" disabled={isBusy} onClick={can.keepTheirs}>
          {t(theirs === null ? 'close' : isEdit ? 'deskKeepTheirs' : 'deskResponderKeep')}
        </button>
        {theirs !== null && isEdit && (
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
            {t(isEdit ? 'deskWriteMine' : 'deskResponderTakeOffDo')}
          </button>
        )}
      </div>
    </Modal>
  );
}

/** Only what differs, theirs and one's own side by side; without an own version, how it was instead. */
function Table({
  conflict: { deed, seen, mine },
  theirs,
}: {
  conflict: Conflict;
  theirs: NonNullable<Conflict['theirs']>;
}) {
  const t = useWords();
  const [base, others] = [fieldsOf(seen), fieldsOf(theirs)];
  const own = changed(base, mine);
  const isEdit = deed === 'save';
  const rows = changed(others, mine).map((field): VersionRow => {
    const isOwn = !isEdit || own.includes(field);
    return {
      field,
      label: t(fieldWord(field)),
      theirs: valueText(t, others, field),
      other: isOwn ? valueText(t, mine, field) : t('deskUntouched'),
      isUntouched: !isOwn,
    };
  });
  return <VersionsTable other={t(isEdit ? 'deskMine' : 'deskBefore')} rows={rows} />;
}
