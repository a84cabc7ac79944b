import { expect, it } from 'vitest';
import { csv } from '../../src/shared/files.ts';

it('quotes what would break a table', () => {
  expect(csv(['a', 'b'], [['x, "y"', null]])).toBe('\uFEFFa,b\r\n"x, ""y""",\r\n');
});

it('lets no name begin a formula, and leaves numbers alone', () => {
  expect(csv(['a'], [['=HYPERLINK("x")'], [-1.5], ['@sum']])).toBe(
    '\uFEFFa\r\n"\'=HYPERLINK(""x"")"\r\n-1.5\r\n\'@sum\r\n',
  );
});
