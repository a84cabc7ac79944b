// What is being said of a notice: its fields, what was changed of them, and how that stands against what others said.
import type { NewNotice, Notice, NoticeEdit } from '../../../shared/contract.ts';

export type NoticeKind = NewNotice['kind'];
export type Severity = NewNotice['severity'];
export type Wording = NonNullable<NewNotice['zh']>;

/** Empty texts say nothing in that language; times are as a field for date and time shows them. */
export interface NoticeFields {
  readonly kind: NoticeKind;
  readonly severity: Severity;
  readonly zh: Wording;
  readonly en: Wording;
  readonly from: string;
  readonly until: string;
  readonly villages: readonly string[];
  readonly water_bodies: readonly string[];
}
export type NoticeField = keyof NoticeFields;
const FIELDS = [
  'kind',
  'severity',
  'zh',
  'en',
  'from',
  'until',
  'villages',
  'water_bodies',
] as const satisfies readonly NoticeField[];

const NOTHING: Wording = { title: '', text: '' };

/** A moment as a field for date and time shows it, in the reader's own time. */
export function fieldTime(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

const sentTime = (field: string) => new Date(field).toISOString();

/** What is sent for a language: nothing where both fields are empty. */
export function said({ title, text }: Wording): Wording | null {
  return title.trim() === '' && text.trim() === '' ? null : { title, text };
}

export function noticeFieldsOf(notice: Notice): NoticeFields {
  const { kind, severity, villages, water_bodies } = notice;
  return {
    kind,
    severity,
    zh: notice.zh ?? NOTHING,
    en: notice.en ?? NOTHING,
    from: fieldTime(Date.parse(notice.from)),
    until: fieldTime(Date.parse(notice.until)),
    villages,
    water_bodies,
  };
}

function isSame(a: NoticeFields, b: NoticeFields, field: NoticeField): boolean {
  switch (field) {
    case 'zh':
    case 'en':
      return a[field].title.trim() === b[field].title.trim() && a[field].text.trim() === b[field].text.trim();
    case 'villages':
    case 'water_bodies':
      return [...a[field]].sort().join('\n') === [...b[field]].sort().join('\n');
    case 'kind':
    case 'severity':
    case 'from':
    case 'until':
      return a[field] === b[field];
  }
}

export function noticeChanged(from: NoticeFields, to: NoticeFields): NoticeField[] {
  return FIELDS.filter((field) => !isSame(from, to, field));
}

/** As the service takes it: only what was changed, null for a language in which nothing is said any more. */
export function noticeEditOf(from: NoticeFields, to: NoticeFields): NoticeEdit {
  const edit: NoticeEdit = {};
  for (const field of noticeChanged(from, to)) {
    if (field === 'kind') edit.kind = to.kind;
    else if (field === 'severity') edit.severity = to.severity;
    else if (field === 'from' || field === 'until') edit[field] = sentTime(to[field]);
    else if (field === 'zh' || field === 'en') edit[field] = said(to[field]);
    else edit[field] = [...to[field]];
  }
  return edit;
}

export function newNoticeOf(fields: NoticeFields): NewNotice {
  return {
    kind: fields.kind,
    severity: fields.severity,
    zh: said(fields.zh),
    en: said(fields.en),
    villages: [...fields.villages],
    water_bodies: [...fields.water_bodies],
    from: sentTime(fields.from),
    until: sentTime(fields.until),
  };
}

/** What somebody else's version has now, with one's own changes on it. */
export function rebasedNotice(base: NoticeFields, theirs: NoticeFields, mine: NoticeFields): NoticeFields {
  const own = noticeChanged(base, mine).map((field) => [field, mine[field]]);
  return { ...theirs, ...Object.fromEntries(own) };
}
