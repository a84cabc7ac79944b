// What people are warned of: asked for by everybody, written by planners.
import { ask, query, regionPath } from './api.ts';
import type { NewNotice, Notice, NoticeEdit, Notices } from './contract.ts';

const notices = (region: string) => `${regionPath(region)}/notices`;

export interface NoticesApi {
  /** Those in force, and when that changes. */
  inForce(region: string): Promise<Notices>;
  /** The latest of all, however they stand; for planners. */
  latest(region: string, limit: number): Promise<readonly Notice[]>;
  write(region: string, notice: NewNotice): Promise<Notice>;
  /** Of a notice as it was seen. */
  edit(region: string, notice: Notice, edit: NoticeEdit): Promise<Notice>;
  withdraw(region: string, notice: Notice): Promise<void>;
}

export const noticesApi: NoticesApi = {
  inForce: (region) => ask(notices(region), { cache: 'no-store' }),
  latest: (region, limit) =>
    ask<Notices>(`${notices(region)}?${query({ all: 'true', limit })}`, { cache: 'no-store' }).then(
      (body) => body.notices,
    ),
  write: (region, notice) =>
    ask(notices(region), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
    }),
  edit: (region, { id, etag }, edit) =>
    ask(`${notices(region)}/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': etag },
      body: JSON.stringify(edit),
    }),
  withdraw: (region, { id, etag }) =>
    ask(`${notices(region)}/${id}`, { method: 'DELETE', headers: { 'if-match': etag } }),
};
