// What-if poles and their undo history: plain data and pure steps. A step that changes nothing is no step.
import type { Change, Kind, LonLat } from '../shared/contract.ts';
import { rounded } from '../shared/places.ts';
import { inOrder } from '../shared/url.ts';

/** A to Z, then as spreadsheets name their columns: a proposal may have a hundred places. */
export const LETTERS = ['', 'A', 'B', 'C'].flatMap((tens) =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => tens + letter),
);
const MOST_STEPS = 100;

export interface WhatIf {
  readonly letter: string;
  readonly kind: Kind;
  readonly at: LonLat;
  /** The id of the piece that is taken there from where it stands; without it a new one is put up. */
  readonly moves?: string;
}
export type WhatIfs = readonly WhatIf[];

export type Verb = 'put' | 'move' | 'nudge' | 'remove' | 'clear' | 'kind';

export interface Step {
  readonly verb: Verb;
  readonly letter: string;
  /** What to go back to (in `past`), or forward to (in `future`). */
  readonly whatIfs: WhatIfs;
}

export interface Scenario {
  readonly whatIfs: WhatIfs;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** How things stood when a drag began, while one is under way. */
  readonly held: WhatIfs | null;
}

export const NOTHING_TRIED: Scenario = { whatIfs: [], past: [], future: [], held: null };

export function freeLetter(whatIfs: WhatIfs): string | null {
  return LETTERS.find((letter) => whatIfs.every((w) => w.letter !== letter)) ?? null;
}

export function found(whatIfs: WhatIfs, letter: string): WhatIf | undefined {
  return whatIfs.find((w) => w.letter === letter);
}

/** The what-ifs are others now, which can be undone. */
export function stepped(s: Scenario, verb: Verb, letter: string, whatIfs: WhatIfs, from: WhatIfs): Scenario {
  const last = s.past.at(-1);
  // A run of arrow keys on one pole is undone at once.
  const isRun = verb === 'nudge' && last?.verb === 'nudge' && last.letter === letter && s.future.length === 0;
  const past = isRun ? s.past : [...s.past, { verb, letter, whatIfs: from }].slice(-MOST_STEPS);
  return { whatIfs, past, future: [], held: null };
}

const withPlace = (whatIfs: WhatIfs, letter: string, at: LonLat): WhatIfs =>
  whatIfs.map((w) => (w.letter === letter ? { ...w, at: rounded(at) } : w));

export function put(s: Scenario, kind: Kind, at: LonLat): Scenario {
  const letter = freeLetter(s.whatIfs);
  if (letter === null) return s;
  const whatIfs = [...s.whatIfs, { letter, kind, at: rounded(at) }].sort(inOrder);
  return stepped(s, 'put', letter, whatIfs, s.whatIfs);
}

export function moved(s: Scenario, letter: string, at: LonLat, verb: 'move' | 'nudge' = 'move'): Scenario {
  return stepped(s, verb, letter, withPlace(s.whatIfs, letter, at), s.whatIfs);
}

export function dragged(s: Scenario, letter: string, at: LonLat): Scenario {
  return { ...s, held: s.held ?? s.whatIfs, whatIfs: withPlace(s.whatIfs, letter, at) };
}

export function dropped(s: Scenario, letter: string): Scenario {
  return s.held === null ? s : stepped(s, 'move', letter, s.whatIfs, s.held);
}

export function removed(s: Scenario, letter: string): Scenario {
  if (found(s.whatIfs, letter) === undefined) return s;
  return stepped(
    s,
    'remove',
    letter,
    s.whatIfs.filter((w) => w.letter !== letter),
    s.whatIfs,
  );
}

export function cleared(s: Scenario): Scenario {
  return s.whatIfs.length === 0 ? s : stepped(s, 'clear', '', [], s.whatIfs);
}

export function ofKind(s: Scenario, letter: string, kind: Kind): Scenario {
  const whatIfs = s.whatIfs.map((w) => (w.letter === letter ? { ...w, kind } : w));
  return stepped(s, 'kind', letter, whatIfs, s.whatIfs);
}

export function undone(s: Scenario): Scenario {
  const step = s.past.at(-1);
  if (step === undefined) return s;
  const future = [...s.future, { ...step, whatIfs: s.whatIfs }];
  return { whatIfs: step.whatIfs, past: s.past.slice(0, -1), future, held: null };
}

export function redone(s: Scenario): Scenario {
  const step = s.future.at(-1);
  if (step === undefined) return s;
  const past = [...s.past, { ...step, whatIfs: s.whatIfs }];
  return { whatIfs: step.whatIfs, past, future: s.future.slice(0, -1), held: null };
}

/** As the service takes them. */
export function changes(whatIfs: WhatIfs): Change[] {
  return whatIfs.map(({ kind, at, moves }) => (moves ? { move: { id: moves, at } } : { add: { kind, at } }));
}
