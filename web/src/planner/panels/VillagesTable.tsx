// Village by village: how much bank is too far, its share, the equipment that stands there.
import { type Key, LOCALE } from '../../shared/words.ts';
import { sums, type VillageRow, villageRowsShown } from '../answers.ts';
import type { Column } from '../state.ts';
import { FaultNote, Icon, Skeleton } from './parts.tsx';
import { usePart, usePlanner, useWords } from './planner.ts';

const COLUMNS: readonly [Column, Key][] = [
  ['name', 'village'],
  ['far', 'tooFarKm'],
  ['share', 'share'],
  ['equipment', 'equipment'],
];

export function VillagesTable() {
  const t = useWords();
  const { dispatch, deeds } = usePlanner();
  const coverage = usePart((s) => s.coverage);
  const rows = usePart(villageRowsShown);
  const filter = usePart((s) => s.filter);
  if (coverage.value === null) {
    return coverage.fault === null ? (
      <Skeleton rows={8} doing="reach" asked={coverage} />
    ) : (
      <FaultNote asked={coverage} />
    );
  }
  if (coverage.value.rows.length === 0) return <p class="empty">{t('noVillages')}</p>;
  const { elsewhere } = coverage.value;
  const elsewhere_m = elsewhere.bank_m - elsewhere.covered_m;
  const total = sums(rows);
  return (
    <>
      <FaultNote asked={coverage} />
      <div class="table-tools">
        <label class="field is-search">
          <Icon name="search" />
          <span class="visually-hidden">{t('filterVillages')}</span>
          <input
            type="search"
            placeholder={t('filterVillages')}
            value={filter}
            onInput={(e) => dispatch({ is: 'filtered', text: e.currentTarget.value })}
          />
        </label>
        <button type="button" class="button is-small" onClick={() => deeds.exportFile('villages')}>
          CSV
        </button>
      </div>
      {rows.length === 0 ? (
        <p class="empty" role="status">
          {t('noVillageFound', { q: filter })}
        </p>
      ) : (
        <table class="villages">
          <thead>
            <tr>
              {COLUMNS.map(([column, word]) => (
                <ColumnHead key={column} column={column} word={word} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
          <tfoot>
            {filter === '' && elsewhere.bank_m > 0 && (
              <tr class="is-elsewhere">
                <th scope="row">{t('elsewhere')}</th>
                <td>{t.km(elsewhere_m)}</td>
                <td>{t.percent(elsewhere_m / elsewhere.bank_m)}</td>
                <td />
              </tr>
            )}
            <tr>
              <th scope="row">{t('total')}</th>
              <td>{t.km(total.far_m + (filter === '' ? elsewhere_m : 0))}</td>
              <td>{t.percent(shareOfAll(rows, filter === '' ? elsewhere : null))}</td>
              <td>{t.count(total.equipment)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </>
  );
}

function shareOfAll(rows: readonly VillageRow[], more: { bank_m: number; covered_m: number } | null): number {
  const bank_m = rows.reduce((sum, row) => sum + row.bank_m, more?.bank_m ?? 0);
  const far_m = rows.reduce((sum, row) => sum + row.far_m, more === null ? 0 : more.bank_m - more.covered_m);
  return bank_m === 0 ? 0 : far_m / bank_m;
}

function ColumnHead({ column, word }: { column: Column; word: Key }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const sort = usePart((s) => s.sort);
  const isSorted = sort.column === column;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.is_rising ? 'ascending' : 'descending') : 'none'}>
      <button
        type="button"
        title={t('sortBy', { column: t(word) })}
        onClick={() => dispatch({ is: 'sorted', column })}
      >
        {t(word)}
        <span class="sort-sign" aria-hidden="true">
          {isSorted ? (sort.is_rising ? '▲' : '▼') : ''}
        </span>
      </button>
    </th>
  );
}

function Row({ row }: { row: VillageRow }) {
  const t = useWords();
  const { dispatch } = usePlanner();
  const isPinned = usePart((s) => s.village === row.id);
  const region = usePart((s) => s.region);
  const limit_m = usePart((s) => s.limit_m);
  const hover = (village: string | null) => dispatch({ is: 'villageHovered', village });
  return (
    <tr
      class={isPinned ? 'is-pinned' : ''}
      onMouseEnter={() => hover(row.id)}
      onMouseLeave={() => hover(null)}
    >
      <th scope="row">
        <button
          type="button"
          class="row-button"
          aria-label={t('villagePin', { name: row.name })}
          onFocus={() => hover(row.id)}
          onBlur={() => hover(null)}
          onClick={() => dispatch({ is: 'villagePicked', village: row.id })}
        >
          {row.name}
          {row.code !== null && <small>{row.code}</small>}
        </button>
        {isPinned && (
          <a
            href={`/api/v1/regions/${region}/villages/${encodeURIComponent(row.id)}/report?lang=${LOCALE[t.language]}&limit_m=${limit_m}`}
            download
          >
            {t('villagePdf')}
          </a>
        )}
      </th>
      <td>
        {t.km(row.far_m)}
        {row.closed_m >= 0.5 && <small class="is-better">−{t.km(row.closed_m)}</small>}
      </td>
      <td class="share-cell">
        <span class="cell-bar" aria-hidden="true">
          <span style={{ width: `${row.share * 100}%` }} />
        </span>
        {t.percent(row.share)}
      </td>
      <td>{t.count(row.equipment)}</td>
    </tr>
  );
}
