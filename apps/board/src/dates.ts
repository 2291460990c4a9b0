/** Civil dates as `YYYY-MM-DD`: no time, no zone. */

export type DueState = 'done' | 'overdue' | 'today' | 'soon' | 'later';

const DAY = 86_400_000;
const SOON_DAYS = 2;

/** The civil date of `now` where the reader is. */
export function civilDate(now: Date): string {
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${String(now.getFullYear()).padStart(4, '0')}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** The civil date so many days from today, where the reader is. */
export function dateInDays(days: number): string {
  const now = new Date();
  return civilDate(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

/** Milliseconds of the date's midnight in UTC, or null if `date` is no date of the calendar. */
function utc(date: string): number | null {
  // A register holds what a peer wrote, and that need not be text.
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : time;
}

export const isCivilDate = (date: string): boolean => utc(date) !== null;

/** Days from `today` to `date`, negative when it has passed; null if either is no date. */
export function daysUntil(date: string, today: string): number | null {
  const [to, from] = [utc(date), utc(today)];
  return to === null || from === null ? null : Math.round((to - from) / DAY);
}

export function dueState(due: string, done: boolean, today: string): DueState {
  if (done) return 'done';
  const days = daysUntil(due, today) ?? Number.POSITIVE_INFINITY;
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= SOON_DAYS ? 'soon' : 'later';
}

/** As a reader writes it: `22 Nov`, with the year if it is another one. */
export function formatDue(due: string, today: string, locale?: string): string {
  const time = utc(due);
  if (time === null) return String(due);
  const year = due.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' }).format(
    time,
  );
}

/** Milliseconds from `now` until the reader's next midnight. */
export function untilMidnight(now: Date): number {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return next.getTime() - now.getTime();
}
