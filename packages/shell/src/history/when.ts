import { formatLocale } from '@concord/ui';

/** A day and a time, in the reader's own way. */
export const formatTime = (time: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(time);

/** The day alone, for the heads of a list. */
export const formatDay = (time: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'full' }).format(time);

/** The time of the day alone. */
export const formatHour = (time: number): string =>
  new Intl.DateTimeFormat(formatLocale(), { timeStyle: 'short' }).format(time);
