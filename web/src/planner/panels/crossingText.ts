// What a crossing is called on the page.
import type { Key, Words } from '../../shared/words.ts';

const CROSSINGS = ['bridge', 'weir', 'ford', 'lock', 'ferry', 'culvert'] as const;

/** A crossing's id begins with its kind: `bridge-4711` reads "bridge 4711". */
export function crossingText(t: Words, id: string): string {
  const kind = CROSSINGS.find((one) => id.startsWith(one)) ?? 'other';
  const number = /\d+$/.exec(id)?.[0] ?? '';
  return `${t(`crossing_${kind}` as Key)} ${number}`.trim();
}
