// An entry of the audit log in words: what was changed, before and after.
import type { AuditEntry, LonLat } from '../../../shared/contract.ts';
import { KINDS } from '../../../shared/contract.ts';
import { apart, placeText } from '../../../shared/places.ts';
import type { Key, Words } from '../../../shared/words.ts';
import { crossingText } from '../../panels/crossingText.ts';
import { conditionWord, kindWord } from '../../panels/parts.tsx';

type Kept = Readonly<Record<string, unknown>>;

export interface Said {
  /** `put up`, `taken away`, `closed`. */
  readonly verb: string;
  readonly thing: string;
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

const CONDITIONS = ['usable', 'damaged', 'missing', 'unverified'] as const;
/** What a reader need not be told field by field. */
const BESIDES = ['id', 'presence', 'is_illustrative', 'told_at_ms'];

export function entryText(t: Words, entry: AuditEntry, code: (id: string) => string | null): Said {
  if (entry.thing === 'import') return importText(t, entry);
  const before = (entry.before ?? null) as Kept | null;
  const after = (entry.after ?? null) as Kept | null;
  const verb = t(`deskDid_${verbOf(entry.thing, before, after)}` as Key);
  const thing = thingText(t, entry, code);
  // What is put up or taken away is told by that; field by field only what became of something that stays.
  if (before === null || after === null || isRetired(before) !== isRetired(after)) {
    return { verb, thing, changes: [] };
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = names
    .filter((name) => !BESIDES.includes(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      field: fieldText(t, name),
      before: valueText(t, entry.thing, name, before[name]),
      after: withDistance(t, entry.thing, name, before[name], after[name]),
    }));
  return { verb, thing, changes };
}

/** A whole file: how many pieces, instead of each. */
function importText(t: Words, { thing_id, after }: AuditEntry): Said {
  const { added = 0, changed = 0, undoes } = (after ?? {}) as Readonly<Record<string, number>>;
  const verb = t(undoes === undefined ? 'deskDid_import' : 'deskDid_importBack');
  return { verb: `${verb} · ${t('deskImportCounts', { added, changed })}`, thing: thing_id, changes: [] };
}

const isRetired = (kept: Kept) => kept.presence === 'retired' || kept.is_withdrawn === true;

function verbOf(thing: string, before: Kept | null, after: Kept | null): string {
  if (thing === 'crossing') return after?.state === 'closed' ? 'close' : 'open';
  if (before === null || (isRetired(before) && after !== null && !isRetired(after))) return 'add';
  if (after === null || isRetired(after)) return 'retire';
  const moved = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return moved.join() === 'at' ? 'move' : 'edit';
}

function thingText(t: Words, { thing, thing_id }: AuditEntry, code: (id: string) => string | null): string {
  switch (thing) {
    case 'crossing':
      return crossingText(t, thing_id);
    case 'equipment':
      return code(thing_id) ?? thing_id;
    case 'incident':
    case 'sending':
    case 'responder':
    case 'water_body':
    case 'report':
    case 'photo':
    case 'rescue_point':
    case 'correction':
    case 'notice':
    case 'patrol':
      return t(`deskThing_${thing}`, { id: thing_id });
    case 'setting':
      return settingText(t, thing_id);
    default:
      return `${thing} ${thing_id}`;
  }
}

/** A setting by its name, as the form has it; the name itself where it is not known. */
export function settingText(t: Words, name: string): string {
  const known = SETTINGS.find((one) => one === name);
  return known === undefined ? name : t(`deskSetting_${known}`);
}

export const SETTINGS = ['target_m', 'warn_m', 'run_m_s', 'arrival_s', 'inspect_days'] as const;

const FIELDS = [
  'kind',
  'condition',
  'at',
  'name',
  'inspected_on',
  'note',
  'village',
  'state',
  'risk',
  'pieces',
  'value',
] as const;

function fieldText(t: Words, name: string): string {
  const known = FIELDS.find((one) => one === name);
  return known === undefined ? name : t(`deskField_${known}`);
}

function valueText(t: Words, of: string, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  const kind = KINDS.find((one) => name === 'kind' && one === value);
  if (kind !== undefined) return t(kindWord(kind));
  const condition = CONDITIONS.find((one) => name === 'condition' && one === value);
  if (condition !== undefined) return t(conditionWord(condition));
  const decided = (['open', 'confirmed', 'rejected'] as const).find((one) => one === value);
  if (of === 'report' && name === 'state' && decided !== undefined) return t(`deskReport_${decided}`);
  if (of === 'crossing' && name === 'state' && (value === 'open' || value === 'closed')) {
    return t(value === 'open' ? 'deskStateOpen' : 'deskStateClosed');
  }
  if (name === 'pieces' && Array.isArray(value)) return value.length === 0 ? '—' : t.list(value);
  const at = placeOf(name, value);
  if (at !== null) return placeText(at);
  if (name === 'inspected_on' && typeof value === 'string') return t.date(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function withDistance(t: Words, of: string, name: string, before: unknown, after: unknown): string {
  const [from, to] = [placeOf(name, before), placeOf(name, after)];
  const text = valueText(t, of, name, after);
  return from === null || to === null ? text : `${text} (${t.meters(apart(from, to))})`;
}

function placeOf(name: string, value: unknown): LonLat | null {
  const isPlace = name === 'at' && Array.isArray(value) && value.every((one) => typeof one === 'number');
  return isPlace ? (value as unknown as LonLat) : null;
}
