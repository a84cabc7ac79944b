// What is said of the days on which a volunteer comes.
import type { Who } from '../../../../../shared/roster.ts';
import type { Words } from '../../../../../shared/words.ts';
import { weekdayText } from '../texts.ts';

/** 1 is a Monday. */
export const weekdayNumber = (t: Words, n: number) => weekdayText(t, `2024-01-0${n}`);

export function weekdaysText(t: Words, { weekdays }: Pick<Who, 'weekdays'>): string {
  if (weekdays.length === 7) return t('deskPersonEveryDay');
  if (weekdays.length === 0) return t('deskPersonNoDay');
  return t.list(weekdays.map((n) => weekdayNumber(t, n)));
}
