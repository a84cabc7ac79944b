// What is said of volunteers, days and teams in several places.
import { SKILLS, type Volunteer, type Who } from '../../../../shared/roster.ts';
import type { Key, Words } from '../../../../shared/words.ts';
import type { DeskFault } from '../../state.ts';
import { faultText } from '../parts.tsx';

const formatOf = (t: Words, parts: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(t.language === 'zh' ? 'zh-CN' : 'en', { timeZone: 'UTC', ...parts });
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** `Fri`. */
export const weekdayText = (t: Words, day: string) => formatOf(t, { weekday: 'short' }).format(dateOf(day));
/** `Nov 27`. */
export const dayText = (t: Words, day: string) =>
  formatOf(t, { month: 'short', day: 'numeric' }).format(dateOf(day));
/** `Fri, Nov 27`. */
export const dayName = (t: Words, day: string) =>
  t('deskRosterDayName', { weekday: weekdayText(t, day), day: dayText(t, day) });
/** `Nov 23 – 29, 2026`. */
export function weekText(t: Words, days: readonly string[]): string {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  // Chinese ranges are written with slashes by some browsers.
  if (t.language === 'zh') return `${t.date(first)} – ${dayText(t, last)}`;
  const parts = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  return formatOf(t, parts).formatRange(dateOf(first), dateOf(last));
}
/** `Sundays`, of which somebody says that they do not come then. */
export const everyText = (t: Words, day: string) =>
  t.language === 'zh' ? weekdayText(t, day) : `${formatOf(t, { weekday: 'long' }).format(dateOf(day))}s`;

export const nameOf = (t: Words, people: readonly Volunteer[] | null, id: number) =>
  people?.find((one) => one.id === id)?.who.name ?? t('deskRosterNumber', { n: String(id) });

export const skillsText = (t: Words, { skills }: Pick<Who, 'skills'>) =>
  t.list(SKILLS.filter((one) => skills.includes(one)).map((one) => t(`deskRosterSkill_${one}`)));

export const teamText = (t: Words, name: string | null, index: number) =>
  name ?? t('deskRosterTeamN', { n: index + 1 });

/** The problems that only the roster has. */
const KNOWN = ['unknown-account', 'account-taken', 'unknown-volunteer', 'too-many-volunteers', 'bad-roster'];

export function rosterFaultText(t: Words, fault: DeskFault): string {
  if (fault.what === 'unreachable' || !KNOWN.includes(fault.kind)) return faultText(t, fault);
  return t(`deskRosterFault_${fault.kind.replaceAll('-', '_')}` as Key);
}

/** Of a name that is written otherwise than the page. */
export const langOf = (t: Words, name: string) =>
  t.language !== 'zh' && /\p{Script=Han}/u.test(name) ? 'zh' : undefined;
