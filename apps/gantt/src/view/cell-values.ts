import { stepOn } from '@concord/shell';
import { longDate, shortDate } from '../chart/scale.ts';
import { formatDay, parseDay } from '../civil.ts';
import type { Column } from '../columns.ts';
import {
  daysBetween,
  editLinks,
  editTask,
  nameOf,
  parseDuration,
  parseProgress,
  planPredecessors,
} from '../model.ts';
import type { Plan, Row } from '../plan.ts';
import type { PlanMut } from '../schema.ts';
import { words } from '../words.ts';

const daysText = (days: number): string => words.daysShort(`${days < 0 ? '−' : ''}${Math.abs(days)}`);

/** What a cell shows. */
export function cellText(row: Row, column: Column): string {
  switch (column) {
    case 'number':
      return String(row.number);
    case 'name':
      return row.name || words.untitledTask;
    case 'start':
      return shortDate(row.start);
    case 'finish':
      return shortDate(row.finish);
    case 'duration':
      return daysText(row.duration);
    case 'progress':
      return `${row.progress}%`;
    case 'predecessors':
      return row.predecessors;
    case 'float':
      return daysText(row.float);
  }
}

/** What a screen reader says for a cell beside its column's name. */
export function cellWords(row: Row, column: Column): string {
  switch (column) {
    case 'start':
      return row.constraint === null ? longDate(row.start) : words.fixed(longDate(row.start));
    case 'finish':
      return longDate(row.finish);
    case 'duration':
      return row.milestone ? words.milestoneCell : words.days(row.duration);
    case 'float':
      return words.days(row.float);
    case 'predecessors':
      return row.predecessors || words.none;
    default:
      return cellText(row, column);
  }
}

export const isEditable = (column: Column): boolean => column !== 'number' && column !== 'float';

/** What an editor of the cell starts with. */
export function draftOf(row: Row, column: Column): string {
  switch (column) {
    case 'name':
      return row.name;
    case 'start':
      return formatDay(row.start);
    case 'finish':
      return formatDay(row.finish);
    case 'duration':
      return `${row.duration}d`;
    case 'progress':
      return String(row.progress);
    case 'predecessors':
      return row.predecessors;
    default:
      return '';
  }
}

export interface CellEdit {
  readonly label: string;
  readonly run: (root: PlanMut) => void;
}

/** The edit that `text` in a cell asks for; null if it asks for nothing. Throws with words for the user. */
export function readCell(plan: Plan, row: Row, column: Column, text: string): CellEdit | null {
  const { key } = row;
  const step = (label: string): string => stepOn(label, nameOf(plan, key));
  if (text === draftOf(row, column)) return null;
  switch (column) {
    case 'name':
      return { label: step(words.renameTask), run: (root) => editTask(root, key, { name: text }) };
    case 'start': {
      const start = text === '' ? null : readDay(text);
      return { label: step(words.setStart), run: (root) => editTask(root, key, { start }) };
    }
    case 'finish': {
      const finish = readDay(text);
      if (finish < row.start) throw new RangeError(words.finishFirst);
      const duration = Math.max(1, daysBetween(plan.calendar, row.start, finish));
      return { label: step(words.setFinish), run: (root) => editTask(root, key, { duration }) };
    }
    case 'duration': {
      const duration = parseDuration(text, plan.calendar.weekdays.length);
      return { label: step(words.setDuration), run: (root) => editTask(root, key, { duration }) };
    }
    case 'progress': {
      const progress = parseProgress(text);
      return { label: step(words.setProgress), run: (root) => editTask(root, key, { progress }) };
    }
    case 'predecessors': {
      const edits = planPredecessors(plan, key, text);
      return { label: step(words.setPredecessors), run: (root) => editLinks(root, key, edits) };
    }
    default:
      return null;
  }
}

export function readDay(text: string): number {
  const day = parseDay(text);
  if (day === null) throw new SyntaxError(words.badDate);
  return day;
}
