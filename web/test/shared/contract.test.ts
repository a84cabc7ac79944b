// What the page offers of its own, held against the service's description.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KINDS } from '../../src/shared/contract.ts';

it('offers every kind of equipment that the service knows', () => {
  const description = JSON.parse(readFileSync('openapi.json', 'utf8'));
  expect([...KINDS].sort()).toEqual([...description.components.schemas.Kind.enum].sort());
});
