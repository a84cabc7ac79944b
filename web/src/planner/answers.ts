// What follows from the state: the numbers and rows that panels, map, print and exports show alike.
import type { CoverageRow, Equipment, Evaluation, Gap, Placed, Totals } from '../shared/contract.ts';
import { found } from './scenario.ts';
import { type Column, questionOf, regionOf, type State } from './state.ts';

const far = (totals: Totals) => Math.max(0, totals.bank_m - totals.covered_m);
const share = (totals: Totals) => (totals.bank_m === 0 ? 0 : far(totals) / totals.bank_m);

/** The service's answer for the what-ifs, unless it answers another question or nothing is tried. */
export function evaluationOf(state: State): Evaluation | null {
  const { evaluated } = state;
  if (state.scenario.whatIfs.length === 0 || evaluated?.question !== questionOf(state)) return null;
  return evaluated.answer;
}

export interface Headline {
  readonly far_m: number;
  readonly share: number;
  readonly bank_m: number;
  /** How much less is too far than without the what-ifs; negative when more is. `null` when nothing is tried. */
  readonly closed_m: number | null;
}

/** For the pinned village, or the whole region. */
export function headline(state: State): Headline | null {
  const evaluation = evaluationOf(state);
  const row = state.coverage.value?.rows.find(({ id }) => id === state.village);
  const village = evaluation?.villages.find(({ id }) => id === state.village);
  const base = state.village === null ? state.coverage.value : row;
  if (!base) return null;
  const change = state.village === null ? evaluation : village;
  const closed_m = change ? far(change.before) - far(change.after) : 0;
  const shown_m = Math.max(0, far(base) - (state.shows_before ? 0 : closed_m));
  return {
    far_m: shown_m,
    share: base.bank_m === 0 ? 0 : shown_m / base.bank_m,
    bank_m: base.bank_m,
    closed_m: evaluation === null ? null : closed_m,
  };
}

/** Whether the headline's numbers answer an older question than the one that is set, or a service that is away. */
export function isHeadlineStale(state: State): boolean {
  const { value, is_waiting, fault } = state.coverage;
  const isOlder = value !== null && value.limit_m !== state.limit_m;
  const isReady = regionOf(state)?.state === 'ready';
  return state.lost_since_ms !== null || is_waiting || fault !== null || isOlder || !isReady;
}

export interface VillageRow {
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly far_m: number;
  readonly bank_m: number;
  readonly share: number;
  readonly equipment: number;
  readonly closed_m: number;
}

export function villageRows(state: State): VillageRow[] {
  const evaluation = state.shows_before ? null : evaluationOf(state);
  return (state.coverage.value?.rows ?? []).map((row) => {
    const after = evaluation?.villages.find(({ id }) => id === row.id)?.after ?? row;
    return {
      id: row.id,
      name: row.name ?? row.id,
      code: row.code,
      far_m: far(after),
      bank_m: after.bank_m,
      share: share(after),
      equipment: row.equipment ?? 0,
      closed_m: far(row) - far(after),
    };
  });
}

const KEY: Record<Column, (row: VillageRow) => number | string> = {
  name: (row) => row.name,
  far: (row) => row.far_m,
  share: (row) => row.share,
  equipment: (row) => row.equipment,
};

/** The rows as the table shows them: filtered by name or code, sorted, ties by name. */
export function villageRowsShown(state: State): VillageRow[] {
  const { column, is_rising } = state.sort;
  const text = state.filter.trim().toLowerCase();
  const names = new Intl.Collator(state.language === 'zh' ? 'zh-CN' : 'en');
  const by = KEY[column];
  return villageRows(state)
    .filter((row) => row.name.toLowerCase().includes(text) || (row.code ?? '').startsWith(text))
    .sort((a, b) => {
      const [x, y] = [by(a), by(b)];
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : names.compare(`${x}`, `${y}`);
      return (is_rising ? order : -order) || names.compare(a.name, b.name);
    });
}

/** Sums of the shown rows. */
export function sums(rows: readonly VillageRow[]): { far_m: number; share: number; equipment: number } {
  const sum = (of: (row: VillageRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const bank_m = sum((row) => row.bank_m);
  const far_m = sum((row) => row.far_m);
  return { far_m, share: bank_m === 0 ? 0 : far_m / bank_m, equipment: sum((row) => row.equipment) };
}

export interface GapRow {
  readonly gap: Gap;
  /** What of it the what-ifs leave too far. */
  readonly left_m: number;
}

export function gapRows(state: State): GapRow[] {
  const changed = state.shows_before ? [] : (evaluationOf(state)?.changed.features ?? []);
  return (state.gaps.value?.features ?? []).map((gap) => {
    const { bank, from_m, to_m, length_m } = gap.properties;
    const closed = changed
      .filter(({ properties: c }) => c.bank === bank && c.change === 'covered')
      .reduce(
        (sum, { properties: c }) => sum + Math.max(0, Math.min(to_m, c.to_m) - Math.max(from_m, c.from_m)),
        0,
      );
    return { gap, left_m: Math.max(0, length_m - closed) };
  });
}

export function chosenGap(state: State): GapRow | null {
  const { selection } = state;
  if (selection?.what !== 'gap') return null;
  return gapRows(state).find(({ gap }) => gap.properties.id === selection.id) ?? null;
}

export function chosenPiece(state: State): Equipment | null {
  const { selection } = state;
  if (selection?.what !== 'piece') return null;
  return state.equipment.value?.find(({ properties }) => properties.id === selection.id) ?? null;
}

/** Where a what-if pole really stands, by the last answer; `null` before it has come. */
export function placedOf(state: State, letter: string): Placed | null {
  const index = state.scenario.whatIfs.findIndex((w) => w.letter === letter);
  return evaluationOf(state)?.placed.find(({ change }) => change === index) ?? null;
}

/** Whether what is shown of the what-ifs is behind what is on the map. */
export function isPending(state: State): boolean {
  return state.scenario.whatIfs.length > 0 && (evaluationOf(state) === null || state.evaluating.is_slow);
}

export function nameOfVillage(state: State, id: string | null): string | null {
  return state.coverage.value?.rows.find((row) => row.id === id)?.name ?? null;
}

export function nameOfWater(state: State, id: string | null): string | null {
  return state.waters.value?.find((row: CoverageRow) => row.id === id)?.name || null;
}

/** What a piece of equipment is called on the page: its printed code, or its id. */
export function nameOfPiece(state: State, id: string): string {
  const piece = state.equipment.value?.find(({ properties }) => properties.id === id);
  return piece?.properties.code ?? id;
}

export function chosenWhatIf(state: State) {
  return state.selection?.what === 'whatIf'
    ? (found(state.scenario.whatIfs, state.selection.letter) ?? null)
    : null;
}

/** The warning limit keeps its ratio to the target when the limit moves. */
export function warn_m(state: State): number {
  const settings = regionOf(state)?.settings;
  return Math.round(state.limit_m * (settings ? settings.warn_m / settings.target_m : 2));
}
