// What is said of patrols in several places: of a team, a stretch, a time.
import type { Along, Carried, Patrol, Stop, Team } from '../../../../shared/patrols.ts';
import type { Words } from '../../../../shared/words.ts';

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

/** `Rhine, left bank · Vaduz`, by the banks that are seen. */
function whereText(t: Words, at: Stop | Carried, banks: readonly Along[]): string {
  const water = at.water_body_name ?? t('deskPatrolWater');
  const [first, ...others] = banks;
  const isOne = first !== undefined && others.length === 0;
  const side = isOne ? t(`deskPatrolSide_${first.side}`) : t('deskPatrolBothSides');
  return [t('deskPatrolAt', { water, side }), at.village_name].filter(Boolean).join(' · ');
}

export const stopText = (t: Words, stop: Stop) => whereText(t, stop, [stop.along, ...stop.also_sees]);
export const carriedText = (t: Words, row: Carried) => whereText(t, row, row.banks);

/** How many teams walk. */
export const walking = (plan: Patrol) => plan.teams.filter(({ stops }) => stops.length > 0);

/** By how much a team is over its time, seconds; never less than half a minute counts. */
export const over_s = ({ takes_s, most_s }: Team) => (takes_s > most_s + 0.5 ? takes_s - most_s : 0);
