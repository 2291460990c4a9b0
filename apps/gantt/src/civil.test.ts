import { describe, expect, it } from 'vitest';
import { workCalendar } from './calendar.ts';
import { formatDay, mondayOf, parseDay, weekday } from './civil.ts';

const day = (text: string): number => parseDay(text) ?? Number.NaN;

describe('civil dates', () => {
  it('count from 1970-01-01 and come back the same', () => {
    expect(parseDay('1970-01-01')).toBe(0);
    expect(parseDay('2024-03-01')).toBe(day('2024-02-29') + 1);
    for (let each = 0; each < 60_000; each += 97) expect(parseDay(formatDay(each))).toBe(each);
  });

  it.each([
    '',
    '2026-2-3',
    '2026-02-30',
    '2026-13-01',
    '0026-01-01',
    '9999-01-01',
    '2026-01-01T00:00',
    5,
    null,
    undefined,
  ])('refuses %j', (text) => expect(parseDay(text)).toBeNull());

  it('know their weekday', () => {
    expect(weekday(day('2026-01-05'))).toBe(1);
    expect(weekday(day('2026-01-04'))).toBe(7);
    expect(weekday(0)).toBe(4);
    expect(mondayOf(day('2026-01-11'))).toBe(day('2026-01-05'));
  });
});

describe('the work calendar', () => {
  const weekdays = workCalendar([1, 2, 3, 4, 5]);

  it('gives a day off the morning of the next working day', () => {
    const monday = weekdays.instantOf(day('2026-01-12'));
    expect(weekdays.instantOf(day('2026-01-10'))).toBe(monday);
    expect(weekdays.instantOf(day('2026-01-11'))).toBe(monday);
    expect(weekdays.instantOf(day('2026-01-09'))).toBe(monday - 1);
    expect(formatDay(weekdays.dayOf(monday))).toBe('2026-01-12');
    expect(formatDay(weekdays.dayOf(monday - 1))).toBe('2026-01-09');
  });

  it.each([[[1, 2, 3, 4, 5]], [[7, 1, 2]], [[3]], [[1, 2, 3, 4, 5, 6, 7]], [[6, 7]]])(
    'counts like a finger for the week %j',
    (week) => {
      const calendar = workCalendar(week);
      let instant = calendar.instantOf(-30);
      for (let each = -30; each < 60; each++) {
        expect(calendar.instantOf(each)).toBe(instant);
        if (!calendar.isWorking(each)) continue;
        expect(calendar.dayOf(instant)).toBe(each);
        instant++;
      }
    },
  );

  it.each([[[]], [null], ['mon'], [[0, 8, 'x']]])('reads %j as Monday to Friday', (week) => {
    expect(workCalendar(week).weekdays).toEqual([1, 2, 3, 4, 5]);
  });
});
