import { formatLocale } from './words.ts';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
];

/**
 * How long ago, in the reader's language: "now", "5 minutes ago", "yesterday"; from a week on, the date.
 * Times in milliseconds since 1970; a time in the future (a clock that was set back) counts as now.
 */
export function relativeTime(then: number, now: number, locale = formatLocale()): string {
  const age = Math.max(0, now - then);
  if (age >= 7 * 86_400_000) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(then);
  const [unit, length] = UNITS.findLast(([, size]) => age >= size) ?? ['second', Number.POSITIVE_INFINITY];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
    -Math.floor(age / length) || 0,
    unit,
  );
}
