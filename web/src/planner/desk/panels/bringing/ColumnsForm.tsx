// Which column of a table holds what: chosen among the table's own, and then read so.
import { useState } from 'preact/hooks';
import type { Column } from '../../../../shared/contract.ts';
import { useWords } from '../../../panels/planner.ts';
import { COLUMNS, type ColumnName, choose, chosenOf, isEnough, NEEDED } from '../../bringing/columns.ts';
import { useAtDesk, useDeskPart } from '../context.ts';
import { Field } from '../parts.tsx';

/** `isNext`: before that is said, there is nothing else to do. */
export function ColumnsForm({ columns, isNext }: { columns: readonly Column[]; isNext: boolean }) {
  const t = useWords();
  const { can } = useAtDesk();
  const isBusy = useDeskPart((s) => s.doing !== null);
  const [chosen, setChosen] = useState(() => chosenOf(columns));
  return (
    <form
      class="import-columns"
      aria-label={t('deskColumns')}
      onSubmit={(e) => {
        e.preventDefault();
        void can.readAgain({ columns: { ...chosen } });
      }}
    >
      {COLUMNS.map((name) => (
        <Field key={name} label={t(columnWord(name))}>
          <select
            required={NEEDED.includes(name)}
            value={chosen[name] ?? ''}
            onChange={(e) => setChosen(choose(chosen, name, e.currentTarget.value))}
          >
            <option value="">{t(NEEDED.includes(name) ? 'deskColumnPick' : 'deskColumnNone')}</option>
            {columns.map(({ header }) => (
              <option key={header} value={header}>
                {header}
              </option>
            ))}
          </select>
        </Field>
      ))}
      <p class="hint">{t('deskColumnsHint')}</p>
      <button
        type="submit"
        class={isNext ? 'button is-main' : 'button'}
        disabled={isBusy || !isEnough(chosen)}
      >
        {t('deskColumnsRead')}
      </button>
    </form>
  );
}

function columnWord(name: ColumnName) {
  switch (name) {
    case 'lon':
    case 'lat':
    case 'id':
    case 'code':
      return `deskColumn_${name}` as const;
    case 'kind':
    case 'condition':
    case 'name':
    case 'village':
    case 'inspected_on':
    case 'note':
      return `deskField_${name}` as const;
  }
}
