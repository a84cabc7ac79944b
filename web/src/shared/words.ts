// Every word that people see comes from here: two files of messages with equal keys, numbers and dates by `Intl`.
import type en from '../../messages/en.json';
import type { Part } from '../../messages/parts.ts';

export type Language = 'zh' | 'en';
export type Key = keyof typeof en;
export type Values = Record<string, string | number>;

type Messages = Readonly<Record<Key, string>>;

type File = () => Promise<{ default: Partial<Messages> }>;

/**
 * Where the words of a part are; those of parts that are fetched later come with what fetches them. As it is built, the volunteer's page
 * has all of its words in files of its own.
 */
export const FILES: Record<Language, Partial<Record<Part, File>>> = import.meta.env.MODE === 'volunteer'
  ? { en: {}, zh: {} }
  : {
      en: {
        first: () => import('../../messages/en.json?first'),
        later: () => import('../../messages/en.json?later'),
        desk: () => import('../../messages/en.json?desk'),
      },
      zh: {
        first: () => import('../../messages/zh-CN.json?first'),
        later: () => import('../../messages/zh-CN.json?later'),
        desk: () => import('../../messages/zh-CN.json?desk'),
      },
    };
const MESSAGES: Partial<Record<Language, Partial<Messages>>> = {};
const needed = new Set<Part>(['first']);

/** Fetches the words of a language for all parts of the page that are there; nothing can be said in it before. */
export async function loadWords(language: Language, ...parts: readonly Part[]): Promise<void> {
  for (const part of parts) needed.add(part);
  const files = await Promise.all([...needed].map((part) => FILES[language][part]?.()));
  // Beside those that are there: what was asked for earlier may come later.
  MESSAGES[language] ??= {};
  Object.assign(MESSAGES[language], ...files.map((file) => file?.default));
}
export const LOCALE: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

export interface Words {
  language: Language;
  (key: Key, values?: Values): string;
  /** `214 m`, from 1,000 m on `1.2 km`; rounded so that what is over a limit never reads as the limit. */
  meters(m: number): string;
  /** `69.3` kilometers without the unit, for sentences and columns. */
  km(m: number): string;
  /** Whole percent of a share from 0 to 1; small shares and near-whole ones keep a decimal. */
  percent(share: number): string;
  /** Whole minutes, rounded up. */
  minutes(s: number): string;
  /** Seconds up to two minutes, then whole minutes. */
  duration(s: number): string;
  count(n: number): string;
  date(iso: string): string;
  time(ms: number, zone?: string): string;
  /** `a, b, c`. */
  list(parts: readonly string[]): string;
  /** `a, b or c`. */
  anyOf(parts: readonly string[]): string;
}

export function wordsIn(language: Language): Words {
  const messages = MESSAGES[language];
  if (messages === undefined) throw new Error(`the words of ${language} are not loaded`);
  const locale = LOCALE[language];
  const number = (digits: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = number(0);
  const one = number(1);
  const t = (key: Key, values: Values = {}): string =>
    (messages[key] ?? key).replace(/\{(\w+)\}/g, (slot, name: string) => {
      const value = values[name];
      if (value === undefined) return slot;
      return typeof value === 'number' ? whole.format(value) : value;
    });
  return Object.assign(t, {
    language,
    meters: (m: number) =>
      m < 999.5 ? t('meters', { m: whole.format(m) }) : t('kilometers', { km: one.format(m / 1000) }),
    km: (m: number) => (0 < m && m < 950 ? number(2).format(m / 1000) : one.format(m / 1000)),
    percent: (share: number) => {
      const percent = share * 100;
      const isNearEnd = (0 < percent && percent < 1) || (99 < percent && percent < 100);
      return `${isNearEnd ? one.format(percent) : whole.format(percent)}%`;
    },
    minutes: (s: number) => whole.format(Math.max(1, Math.ceil(s / 60))),
    duration: (s: number) =>
      s <= 120 ? t('seconds', { s: Math.round(s) }) : t('minutes', { t: whole.format(Math.ceil(s / 60)) }),
    count: (n: number) => whole.format(n),
    date: (iso: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso)),
    time: (ms: number, zone?: string) =>
      new Intl.DateTimeFormat(locale, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(ms),
    anyOf: (parts: readonly string[]) => new Intl.ListFormat(locale, { type: 'disjunction' }).format(parts),
    list: (parts: readonly string[]) => parts.join(language === 'zh' ? '、' : ', '),
  });
}

/** The name of a region in the reader's language, or in any that it has. */
export function nameIn(language: Language, names: Record<string, string>): string {
  return names[language] ?? names.en ?? names.zh ?? Object.values(names)[0] ?? '';
}

/** Address first, then the stored choice, then what the browser asks for. */
export function languageOf(
  address: string | null,
  stored: string | null,
  wanted: readonly string[],
): Language {
  for (const tag of [address, stored, ...wanted]) {
    if (tag?.toLowerCase().startsWith('zh')) return 'zh';
    if (tag?.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}
