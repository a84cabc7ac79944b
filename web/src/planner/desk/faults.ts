// Why something could not be done, as the register's part of the page tells it.
import { Refused } from '../../shared/api.ts';
import type { DeskFault } from './state.ts';

/** What was seen is not what is there any more. */
export class ChangedMeanwhile extends Error {}

export function faultOf(cause: unknown): DeskFault {
  if (cause instanceof ChangedMeanwhile) {
    return { what: 'refused', kind: 'changed-meanwhile', why: '', retry_after_s: null };
  }
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  const kind = cause.problem.type.replace(/^.*\//, '');
  return { what: 'refused', kind, why: cause.message, retry_after_s: cause.retry_after_s };
}

export const isOf = (cause: unknown, status: number) =>
  cause instanceof Refused && cause.problem.status === status;
