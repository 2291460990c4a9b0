import { formatLocale } from '@concord/ui';
import { type Day, fromLocalDate, mondayOf, toUtcDate, weekday } from '../civil.ts';
import type { Dates, Plan } from '../plan.ts';
import { words } from '../words.ts';

export const ZOOMS = ['day', 'week', 'month'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** Pixels a day. Each column of a zoom is a whole number of days, so that a day has one width everywhere. */
export const DAY_WIDTH: Readonly<Record<Zoom, number>> = { day: 36, week: 15, month: 4 };

export const ROW_HEIGHT = 36;
export const BAR_HEIGHT = 20;
export const UPPER_HEADER = 24;
export const LOWER_HEADER = 22;
/** frappe-gantt adds ten pixels below its two header lines. */
export const HEADER_HEIGHT = UPPER_HEADER + LOWER_HEADER + 10;

/** The days that the chart can be scrolled over: whole weeks, and where they lie. */
export interface Scale {
  readonly zoom: Zoom;
  readonly dayWidth: number;
  /** A Monday. */
  readonly first: Day;
  /** The day after the last one shown; a Monday. */
  readonly end: Day;
  readonly width: number;
}

/** Room around the plan, to drag into. */
const WEEKS_BEFORE = 2;
const WEEKS_AFTER = 6;
/** Wider than this, browsers stop laying out boxes. */
const MOST_PIXELS = 8_000_000;

/** A scale that shows the whole plan and today, and fills `viewportWidth` pixels. */
export function scaleFor(plan: Plan, zoom: Zoom, viewportWidth: number): Scale {
  const dayWidth = DAY_WIDTH[zoom];
  const deadlines = plan.rows.map((row) => row.deadline ?? row.finish);
  const last = deadlines.reduce((a, b) => Math.max(a, b), plan.finish);
  const first = mondayOf(plan.start) - 7 * WEEKS_BEFORE;
  const least = Math.ceil(viewportWidth / dayWidth / 7) * 7;
  const days = Math.max(mondayOf(last) + 7 * WEEKS_AFTER - first, least);
  const end = first + Math.min(days, Math.floor(MOST_PIXELS / dayWidth / 7) * 7);
  return { zoom, dayWidth, first, end, width: (end - first) * dayWidth };
}

/** The closest zoom that shows the whole plan in so many pixels. */
export const zoomFor = ({ start, finish }: Plan, width: number): Zoom =>
  ZOOMS.find((zoom) => (finish - start + 3) * DAY_WIDTH[zoom] <= width) ?? 'month';

/** The left edge of a day, in pixels from the left edge of the canvas. */
export const xOf = (scale: Scale, day: Day): number => (day - scale.first) * scale.dayWidth;

/** The day at a place, in days with a fraction. */
export const dayAt = (scale: Scale, x: number): number => scale.first + x / scale.dayWidth;

/** Where a bar lies; a milestone is a point. */
export function spanOf(scale: Scale, dates: Dates, milestone: boolean): { left: number; right: number } {
  if (milestone) {
    const at = xOf(scale, dates.start + (dates.evening ? 1 : 0));
    return { left: at, right: at };
  }
  return { left: xOf(scale, dates.start), right: xOf(scale, dates.finish + 1) };
}

const utc = (options: Intl.DateTimeFormatOptions): ((day: Day) => string) => {
  let format: Intl.DateTimeFormat | undefined;
  return (day) => {
    // At the first date: while modules load, nobody knows the page's language.
    format ??= new Intl.DateTimeFormat(formatLocale(), { ...options, timeZone: 'UTC' });
    return format.format(toUtcDate(day));
  };
};
const dayOfMonth = utc({ day: 'numeric' });
const dayAndMonth = utc({ day: 'numeric', month: 'short' });
const monthAndYear = utc({ month: 'long', year: 'numeric' });
const shortMonth = utc({ month: 'short', year: 'numeric' });
/** As sentences and cells say a date. */
export const longDate = utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
export const weekdayName = utc({ weekday: 'long' });
export const shortDate = utc({ day: 'numeric', month: 'short', year: '2-digit' });

/** ISO 8601: the week that holds a Thursday belongs to that Thursday's year. */
function weekNumber(day: Day): number {
  const thursday = mondayOf(day) + 3;
  const year = toUtcDate(thursday).getUTCFullYear();
  return Math.floor((thursday - Date.UTC(year, 0, 1) / toUtcDate(1).getTime()) / 7) + 1;
}

interface Columns {
  /** Days. */
  readonly step: number;
  upper(day: Day): string;
  lower(day: Day): string;
  thick(day: Day): boolean;
}

const startsMonth = (monday: Day): boolean => toUtcDate(monday).getUTCDate() <= 7;

export const COLUMNS: Readonly<Record<Zoom, Columns>> = {
  day: {
    step: 1,
    upper: (day) => (weekday(day) === 1 ? words.weekOf(monthAndYear(day), weekNumber(day)) : ''),
    lower: dayOfMonth,
    thick: (day) => weekday(day) === 1,
  },
  week: {
    step: 7,
    upper: (day) => (startsMonth(day) ? monthAndYear(day) : ''),
    lower: dayAndMonth,
    thick: startsMonth,
  },
  month: {
    step: 7,
    upper: (day) => (startsMonth(day) ? shortMonth(day) : ''),
    lower: dayOfMonth,
    thick: startsMonth,
  },
};

/** The same, asked with the local dates that frappe-gantt counts in. */
export const byLocalDate =
  <T>(ask: (day: Day) => T) =>
  (date: Date): T =>
    ask(fromLocalDate(date));
