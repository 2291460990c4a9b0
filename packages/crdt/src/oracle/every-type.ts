import type { Json } from '../bytes/index.ts';
import { counter, dag, lww, map, placement, set, text, tree } from '../schema/builders.ts';
import { type Mut, object, record, type View } from '../schema/schema.ts';

const marks = {
  bold: { expand: 'after' },
  link: { expand: 'none' },
  lead: { expand: 'before' },
  wide: { expand: 'both' },
} as const;

/** One document with every type, at the top and in records in records. */
export const everyType = object({
  title: lww('untitled'),
  count: counter(),
  tags: set<string | number>(),
  props: map<Json>(),
  body: text({ marks }),
  places: placement(),
  outline: tree(),
  links: dag(),
  cards: record(
    object({
      title: lww<string | null>(null),
      labels: set<string>(),
      note: text({ marks }),
      steps: record(object({ done: lww(false), votes: counter(), order: placement() })),
    }),
  ),
});

export type EveryView = View<typeof everyType>;
export type EveryMut = Mut<typeof everyType>;
export const MARK_KEYS = Object.keys(marks);
