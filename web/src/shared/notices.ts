// What people are warned of: asked for by everybody, written by planners.
import { ask, query, regionPath } from './api.ts';
import type { NewNotice, Notice, NoticeEdit, Notices } from './contract.ts';
import { type Language, LOCALE, type Words } from './words.ts';

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

/** What a notice says in the reader's language, or in the one that it has. */
export function wordsOf(language: Language, notice: Notice) {
  const other = language === 'zh' ? 'en' : 'zh';
  const spoken = notice[language] === null ? other : language;
  const said = notice[spoken];
  return { title: said?.title ?? '', text: said?.text ?? '', lang: LOCALE[spoken] };
}

export function timeText(t: Words, at: string, zone: string | undefined): string {
  const day = new Intl.DateTimeFormat(LOCALE[t.language], {
    month: 'short',
    day: 'numeric',
    ...(zone === undefined ? {} : { timeZone: zone }),
  });
  return `${day.format(Date.parse(at))} ${t.time(Date.parse(at), zone)}`;
}
