// How far a patrol is: read off what was entered on this phone, which outlives the page. Pure.
import type { Checked, Pack, Reason, Stop, Way } from '../shared/duty.ts';
import { type Entry, inOrder } from './outbox/entry.ts';

export interface Done {
  readonly entry: Entry;
  /** `null`: it was checked in. */
  readonly skipped: Reason | null;
}

export interface Run {
  readonly state: 'before' | 'active' | 'over';
  readonly started_ms: number | null;
  readonly finished_ms: number | null;
  readonly start: Entry | null;
  readonly finish: Entry | null;
  /** By stretch. */
  readonly done: ReadonlyMap<string, Done>;
  /** What was seen of pieces, by piece. */
  readonly checked: ReadonlyMap<string, { readonly entry: Entry; readonly condition: Checked }>;
}

const NOT_BEGUN: Run = {
  state: 'before',
  started_ms: null,
  finished_ms: null,
  start: null,
  finish: null,
  done: new Map(),
  checked: new Map(),
};

export interface Whose {
  readonly account: string | null;
  readonly region: string | null;
  readonly day: string | null;
}

/** What somebody has entered on an evening; the last start counts. */
export function runOf(entries: readonly Entry[], { account, region, day }: Whose): Run {
  const own = inOrder(entries).filter(
    (entry) => entry.account === account && entry.region === region && entry.body.day === day,
  );
  const start = own.findLast(({ body }) => body.kind === 'start');
  if (start === undefined) return NOT_BEGUN;
  const later = own.filter(({ seq }) => start.seq < seq);
  const finish = later.find(({ body }) => body.kind === 'finish') ?? null;
  const done = new Map<string, Done>();
  const checked = new Map<string, { entry: Entry; condition: Checked }>();
  for (const entry of later) {
    const { kind, stretch, equipment, condition, reason } = entry.body;
    if (kind === 'check_in' && equipment !== null && condition !== null)
      checked.set(equipment, { entry, condition });
    else if (kind === 'check_in' && stretch !== null) done.set(stretch, { entry, skipped: null });
    else if (kind === 'skip' && stretch !== null) done.set(stretch, { entry, skipped: reason });
  }
  return {
    state: finish === null ? 'active' : 'over',
    started_ms: Date.parse(start.body.at),
    finished_ms: finish === null ? null : Date.parse(finish.body.at),
    start,
    finish,
    done,
    checked,
  };
}

/** The first in order that was neither checked in nor skipped. */
export const nextStop = (way: Way | null, run: Run): Stop | null =>
  way?.stops.find(({ stretch }) => !run.done.has(stretch)) ?? null;

/** What is known to be of no use, by what was seen tonight. */
export function goneOf(entries: readonly Entry[], pack: Pack | null): ReadonlySet<string> {
  const gone = new Set<string>();
  if (pack === null) return gone;
  for (const { body, state, region } of inOrder(entries)) {
    if (body.equipment === null || region !== pack.region || body.day !== pack.day) continue;
    if (state.is === 'refused') continue;
    const bad = body.kind === 'report' ? body.seen !== 'hazard' : body.condition !== 'usable';
    if (bad) gone.add(body.equipment);
    else if (body.kind === 'check_in' && body.condition === 'usable') gone.delete(body.equipment);
  }
  return gone;
}
