import { formatLocale } from '@concord/ui';

/** Making one takes longer than using it a hundred times; a page has one language. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions, time: number): string {
  let made = formats.get(name);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(formatLocale(), options);
    formats.set(name, made);
  }
  return made.format(time);
}

/** A day and a time, in the reader's own way. */
export const formatTime = (time: number): string =>
  format('time', { dateStyle: 'medium', timeStyle: 'short' }, time);

/** The day alone, for the heads of a list. */
export const formatDay = (time: number): string => format('day', { dateStyle: 'full' }, time);

/** The time of the day alone. */
export const formatHour = (time: number): string => format('hour', { timeStyle: 'short' }, time);
