// Where two versions differ, side by side: theirs, which stands now, and one's own or how it was before.
import type { ComponentChildren } from 'preact';
import { useWords } from '../../panels/planner.ts';

export interface VersionRow {
  readonly field: string;
  readonly label: string;
  readonly theirs: ComponentChildren;
  readonly other: ComponentChildren;
  /** The other version says nothing of its own there. */
  readonly isUntouched?: boolean;
}

export function VersionsTable({ other, rows }: { other: string; rows: readonly VersionRow[] }) {
  const t = useWords();
  return (
    <table class="versions">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{t('deskField')}</span>
          </th>
          <th scope="col">{t('deskTheirs')}</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field}>
            <th scope="row">{row.label}</th>
            <td>{row.theirs}</td>
            <td class={row.isUntouched === true ? 'is-untouched' : ''}>{row.other}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
