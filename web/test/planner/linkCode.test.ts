import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { type LinkCode, linkCode, MOST_BYTES } from '../../src/planner/panels/linkCode.ts';

const PX = 4;

/** What a camera reads of the code, drawn at so many pixels a square. */
function read({ size, path }: LinkCode): string {
  const side = size * PX;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let down = Number(y) * PX; down < (Number(y) + 1) * PX; down += 1) {
      const row = down * side;
      for (let right = Number(x) * PX; right < (Number(x) + Number(length)) * PX; right += 1) {
        data.fill(0, (row + right) * 4, (row + right) * 4 + 3);
      }
    }
  }
  return decodeQR({ width: side, height: side, data }, { timeLimit: 2000 });
}

const link = (bytes: number) => 'https://example.org/#map=14.2/47.14/9.52&village='.padEnd(bytes, 'r48,');

describe('the code of a link', () => {
  it.each([60, 250, 900, MOST_BYTES])('gives back a link of %i bytes', (bytes) => {
    const code = linkCode(link(bytes));
    if (code === null) throw new Error('no code');
    expect(read(code)).toBe(link(bytes));
  });

  it('is not there for a link that no code holds', () => {
    expect(linkCode(link(MOST_BYTES + 1))).toBeNull();
    // Bytes, not letters.
    expect(linkCode(`https://example.org/#village=${'村'.repeat(1000)}`)).toBeNull();
  });
});
