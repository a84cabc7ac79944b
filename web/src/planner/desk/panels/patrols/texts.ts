// What is said of patrols in several places: of a team, a stretch, a time.
import type { Along, Carried, Patrol, Stop, Team } from '../../../../shared/patrols.ts';
import type { Key, Words } from '../../../../shared/words.ts';

/** `East`, or `Team 2`. */
export const teamName = (t: Words, team: Pick<Team, 'name'>, index: number) =>
  team.name ?? t('deskPatrolTeamN', { n: index + 1 });

/** `1:28`; what is rounded never reads as less than it is. */
export function hours(seconds: number): string {
  const minutes = Math.ceil(seconds / 60 - 1e-6);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** When a team gets somewhere, by the clock; from setting off where nobody has said when that is. */
export function clockText(begins: string | null, after_s: number): string {
  const [hour = 0, minute = 0] = (begins ?? '0:00').split(':').map(Number);
  const minutes = (hour * 60 + minute + Math.floor(after_s / 60)) % 1440;
  const text = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return begins === null ? `+${text}` : text.padStart(5, '0');
}

export const sideText = (t: Words, { side }: Along) => t(`deskPatrolSide_${side}` as Key);

/** `Rhine, left bank · Vaduz`. */
export function stopText(t: Words, stop: Stop): string {
  const { water_body_name, village_name, along, also_sees } = stop;
  const water = water_body_name ?? t('deskPatrolWater');
  const side = also_sees.length > 0 ? t('deskPatrolBothSides') : sideText(t, along);
  return [t('deskPatrolAt', { water, side }), village_name].filter(Boolean).join(' · ');
}

export function carriedText(t: Words, row: Carried): string {
  const water = row.water_body_name ?? t('deskPatrolWater');
  const [first, ...others] = row.banks;
  const side = others.length > 0 ? t('deskPatrolBothSides') : first === undefined ? '' : sideText(t, first);
  return [t('deskPatrolAt', { water, side }), row.village_name].filter(Boolean).join(' · ');
}

/** How many teams walk. */
export const walking = (plan: Patrol) => plan.teams.filter(({ stops }) => stops.length > 0);

/** By how much a team is over its time, seconds; never less than half a minute counts. */
export const over_s = ({ takes_s, most_s }: Team) => (takes_s > most_s + 0.5 ? takes_s - most_s : 0);
