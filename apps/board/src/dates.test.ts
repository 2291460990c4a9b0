import { describe, expect, it } from 'vitest';
import { civilDate, daysUntil, dueState, formatDue, isCivilDate, untilMidnight } from './dates.ts';

describe('civil dates', () => {
  it('are the day where the reader is', () => {
    expect(civilDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
  it('count days across months and leap days', () => {
    expect(daysUntil('2028-03-01', '2028-02-28')).toBe(2);
    expect(daysUntil('2026-12-31', '2027-01-01')).toBe(-1);
    expect(daysUntil('soon', '2027-01-01')).toBeNull();
  });
  it('refuse days that no calendar has', () => {
    expect(isCivilDate('2026-02-28')).toBe(true);
    expect(isCivilDate('2026-02-30')).toBe(false);
    expect(isCivilDate('2026-2-3')).toBe(false);
  });
  it('say how near the date is', () => {
    const at = (due: string, done = false) => dueState(due, done, '2026-11-22');
    expect(at('2026-11-21')).toBe('overdue');
    expect(at('2026-11-22')).toBe('today');
    expect(at('2026-11-24')).toBe('soon');
    expect(at('2026-11-25')).toBe('later');
    expect(at('2026-11-21', true)).toBe('done');
    expect(at('whenever')).toBe('later');
  });
  it('show the year only when it is another one', () => {
    expect(formatDue('2026-11-02', '2026-01-01', 'en-GB')).toBe('2 Nov');
    expect(formatDue('2027-11-02', '2026-01-01', 'en-GB')).toBe('2 Nov 2027');
    expect(formatDue('whenever', '2026-01-01', 'en-GB')).toBe('whenever');
  });
  it('know when the next day begins', () => {
    expect(untilMidnight(new Date(2026, 5, 1, 23, 59, 30))).toBe(30_000);
  });
});
