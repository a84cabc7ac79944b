// Days as the calendar has them, written like `2026-11-27`: a week begins with its Monday.
const DAY_MS = 86_400_000;

const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export const later = (day: string, days: number) => dayOf(msOf(day) + days * DAY_MS);

/** 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (day: string) => new Date(msOf(day)).getUTCDay() || 7;

export const mondayOf = (day: string) => later(day, 1 - weekdayOf(day));

export const weekOf = (monday: string) => [0, 1, 2, 3, 4, 5, 6].map((n) => later(monday, n));

/** Today in a time zone; by the clock of whoever looks, where it is not known. */
export function todayIn(zone: string | undefined): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('sv-SE', zone === undefined ? parts : { ...parts, timeZone: zone }).format(
    new Date(),
  );
}
