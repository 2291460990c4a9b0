import {
  dag,
  isStringOrNull,
  type Json,
  lww,
  type Mut,
  object,
  placement,
  record,
  type View,
} from '@concord/crdt';
import { MONDAY_TO_FRIDAY } from './calendar.ts';

const isWorkweek = (value: Json): value is readonly number[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);

/** One task. What a person means is stored; dates, float and the critical path are computed from it. */
const task = object({
  name: lww(''),
  /** Working days; an integer ≥ 0. */
  duration: lww(1),
  /** 0 … 100. */
  progress: lww(0),
  milestone: lww(false),
  /** "Start no earlier than", `YYYY-MM-DD`, or null. */
  start: lww<string | null>(null, isStringOrNull),
  /** "Finish no later than", `YYYY-MM-DD`, or null. It moves nothing, but shows in the float. */
  deadline: lww<string | null>(null, isStringOrNull),
  colour: lww<string | null>(null, isStringOrNull),
  notes: lww(''),
});

export const ganttSchema = object({
  title: lww(''),
  /** `YYYY-MM-DD`; null until the first task is added. */
  projectStart: lww<string | null>(null, isStringOrNull),
  /** The weekdays that are worked; Monday is 1. */
  workweek: lww<readonly number[]>(MONDAY_TO_FRIDAY, isWorkweek),
  tasks: record(task),
  /** The order of the rows, all under the parent `ROWS`. */
  order: placement(),
  /** Dependencies; the attribute `lag` is in working days. A task is deleted and restored as a node of this graph. */
  links: dag(),
});

export const ROWS = 'rows';

export type GanttSchema = typeof ganttSchema;
export type PlanView = View<GanttSchema>;
export type PlanMut = Mut<GanttSchema>;
export type TaskView = View<typeof task>;

export const COLOURS = ['blue', 'teal', 'green', 'amber', 'red', 'purple'] as const;
export type Colour = (typeof COLOURS)[number];
