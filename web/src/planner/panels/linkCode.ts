// A link as a QR code, which a phone's camera reads from paper: how large it is, and its dark squares as one path.
import { encode } from 'uqr';

/** What the largest code holds. */
export const MOST_BYTES = 2953;
/** So many light squares must stand around a code. */
const BORDER = 4;

export interface LinkCode {
  /** Squares along each side, with the border. */
  readonly size: number;
  readonly path: string;
}

/** `null` where the link is too long for a code. */
export function linkCode(link: string): LinkCode | null {
  if (MOST_BYTES < new TextEncoder().encode(link).length) return null;
  // Boosted: what the code has room for besides the link goes into correction, against folds and stains.
  const { data, size } = encode(link, { ecc: 'L', boostEcc: true, border: BORDER });
  return { size, path: data.map(rowPath).join('') };
}

/** The dark squares of a row, those side by side in one piece. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    const length = x + 1 - from;
    path += `M${from} ${y}h${length}v1h-${length}z`;
  }
  return path;
}
