// A piece by the code on its label. Pure.
import type { Pack, Piece } from '../shared/duty.ts';

/** The code in what was typed or read: alone, or at the end of the address that a label's code holds. */
export function codeIn(text: string): string {
  const inAddress = /\/p\/([^/?#\s]+)/.exec(text)?.[1];
  const code = inAddress === undefined ? text : decodeURIComponent(inAddress);
  return code.trim().toUpperCase();
}

/** Codes are typed with and without their hyphens. */
export function pieceWith(pack: Pack, text: string): Piece | null {
  const plain = (code: string) => code.replace(/[\s\-_.]/g, '');
  const wanted = plain(codeIn(text));
  if (wanted === '') return null;
  return pack.equipment.find(({ code }) => code !== null && plain(code.toUpperCase()) === wanted) ?? null;
}
