import { type Day, mondayOf, weekday } from './civil.ts';

/**
 * A moment in working time: the number of working days before it. The instant `n` is the morning of working day
 * `n` and the evening of working day `n − 1`: nights and weekends take no working time.
 */
export type Instant = number;

export const MONDAY_TO_FRIDAY: readonly number[] = [1, 2, 3, 4, 5];

/** A Monday: where working days are counted from. */
const EPOCH = mondayOf(4);

/** Which days of the week are worked, and the way between days and working time; each question takes constant time. */
export interface WorkCalendar {
  /** The working weekdays, ascending; Monday is 1. Never empty. */
  readonly weekdays: readonly number[];
  isWorking(day: Day): boolean;
  /** The morning of `day`; on a day off, that of the next working day. */
  instantOf(day: Day): Instant;
  /** The day whose morning `instant` is. */
  dayOf(instant: Instant): Day;
}

/** Takes any value for the weekdays: what is not a weekday is left out, and a week without work is Monday to Friday. */
export function workCalendar(weekdaysFrom: unknown): WorkCalendar {
  const given = Array.isArray(weekdaysFrom) ? weekdaysFrom : [];
  const chosen = [1, 2, 3, 4, 5, 6, 7].filter((each) => given.includes(each));
  const weekdays = chosen.length > 0 ? chosen : MONDAY_TO_FRIDAY;
  const perWeek = weekdays.length;
  const before = [1, 2, 3, 4, 5, 6, 7].map((day) => weekdays.filter((each) => each < day).length);
  return {
    weekdays,
    isWorking: (day) => weekdays.includes(weekday(day)),
    instantOf: (day) => ((mondayOf(day) - EPOCH) / 7) * perWeek + (before[weekday(day) - 1] ?? 0),
    dayOf: (instant) => {
      const week = Math.floor(instant / perWeek);
      return EPOCH + week * 7 + (weekdays[instant - week * perWeek] ?? 1) - 1;
    },
  };
}
