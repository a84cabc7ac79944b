// Two versions of a notice side by side, where they differ: somebody else's, which stands now, and one's own.
import type { Words } from '../../../../shared/words.ts';
import { nameOfVillage, nameOfWater } from '../../../answers.ts';
import { usePart, useWords } from '../../../panels/planner.ts';
import type { State } from '../../../state.ts';
import { type NoticeField, type NoticeFields, noticeChanged } from '../../notices/draft.ts';
import { VersionsTable } from '../VersionsTable.tsx';

export function NoticeVersions({ theirs, mine }: { theirs: NoticeFields; mine: NoticeFields }) {
  const t = useWords();
  const state = usePart((s) => s);
  const fields = noticeChanged(theirs, mine);
  return (
    <div class="note is-warning desk-versions">
      <p>{t(fields.length === 0 ? 'deskNoticeSameNow' : 'deskConflictEdit')}</p>
      {fields.length > 0 && (
        <VersionsTable
          other={t('deskMine')}
          rows={fields.map((field) => ({
            field,
            label: t(fieldWord(field)),
            theirs: valueText(t, state, theirs, field),
            other: valueText(t, state, mine, field),
          }))}
        />
      )}
    </div>
  );
}

function fieldWord(field: NoticeField) {
  switch (field) {
    case 'kind':
      return 'deskKind';
    case 'severity':
      return 'deskNoticeSeverity';
    case 'zh':
    case 'en':
      return `deskNoticeLanguage_${field}` as const;
    case 'from':
      return 'deskNoticeFrom';
    case 'until':
      return 'deskNoticeUntil';
    case 'villages':
      return 'deskNoticeVillages';
    case 'water_bodies':
      return 'deskNoticeWaters';
  }
}

function valueText(t: Words, state: State, fields: NoticeFields, field: NoticeField): string {
  switch (field) {
    case 'kind':
      return t(`barKind_${fields.kind}`);
    case 'severity':
      return t(`barSeverity_${fields.severity}`);
    case 'zh':
    case 'en':
      return [fields[field].title, fields[field].text].filter(Boolean).join('\n') || '—';
    case 'from':
    case 'until': {
      const at = Date.parse(fields[field]);
      return `${t.date(`${fields[field].slice(0, 10)}T00:00:00Z`)} ${t.time(at)}`;
    }
    case 'villages':
      return t.list(fields.villages.map((id) => nameOfVillage(state, id) ?? id)) || '—';
    case 'water_bodies':
      return t.list(fields.water_bodies.map((id) => nameOfWater(state, id) ?? id)) || '—';
  }
}
