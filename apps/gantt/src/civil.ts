/**
 * Civil dates: a day without a time or a zone. A plan stores them as `YYYY-MM-DD` and counts with day numbers.
 */

/** Days since 1970-01-01, which is day 0. */
export type Day = number;

const MS_PER_DAY = 86_400_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Beyond these years a date is a slip of the keyboard, and a chart of it would be millions of pixels wide. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** Parses `YYYY-MM-DD`. Null for anything else: other shapes, days that do not exist, years before 1970 or after 2199. */
export function parseDay(text: unknown): Day | null {
  const parts = typeof text === 'string' ? DATE.exec(text) : null;
  if (!parts) return null;
  const year = Number(parts[1]);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const day = Date.UTC(year, Number(parts[2]) - 1, Number(parts[3])) / MS_PER_DAY;
  return formatDay(day) === text ? day : null;
}

export const formatDay = (day: Day): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** Which day of the week: Monday is 1, Sunday is 7 (ISO 8601). */
export const weekday = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The Monday of the week that holds `day`. */
export const mondayOf = (day: Day): Day => day - weekday(day) + 1;

/** The day that the reader's own clock and time zone call today. */
export function today(now = new Date()): Day {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / MS_PER_DAY;
}

/** A `Date` at UTC midnight, for formatters with `timeZone: 'UTC'`. */
export const toUtcDate = (day: Day): Date => new Date(day * MS_PER_DAY);

/** A `Date` at local midnight, for libraries that read local fields. */
export function toLocalDate(day: Day): Date {
  const utc = toUtcDate(day);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
}

export function fromLocalDate(date: Date): Day {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / MS_PER_DAY;
}
