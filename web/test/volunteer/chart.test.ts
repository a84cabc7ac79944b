import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/volunteer/lines.ts';
import { entry, evening, following, seenCame, seenStop } from './night.ts';
import { started } from './shown.tsx';

const lines = (state: ReturnType<typeof evening>) =>
  linesOf(state).flatMap((one) => ('line' in one ? [one] : []));
const strong = (state: ReturnType<typeof evening>) => lines(state).filter(({ width }) => 8 <= width);
const light = (state: ReturnType<typeof evening>) =>
  lines(state).filter(({ width, line }) => width === 3 && line.length === 2);

describe('the way on the map', () => {
  it('is drawn as it is planned, as long as nobody has set off', () => {
    const quiet = seenCame({ started_at: null, seen_m: 0 });
    expect(lines(following(evening(), quiet))).toEqual(lines(evening()));
  });

  it('is strong where it is left, and light where it was seen', () => {
    const state = following(started(), seenCame());
    const left = [seenStop(2, 50), seenStop(3, 0)].flatMap((stop) => stop.left);
    expect(strong(state).map(({ line }) => line)).toEqual(left);
    expect(light(state)).toHaveLength(3);
  });

  it('is not strong where somebody has said why it was left out', () => {
    const skipped = following(started(), seenCame(), {
      is: 'entered',
      entry: entry('b', 2, { kind: 'skip', stretch: 's3', reason: 'unsafe' }),
      isKept: true,
    });
    expect(strong(skipped).map(({ line }) => line)).toEqual(seenStop(2, 50).left);
  });
});
