import { counter, lww, map, object, set } from '@concord/crdt';

/** What people in a simulation edit. */
export const schema = object({
  title: lww(''),
  cells: map<number>(),
  tags: set<string>(),
  clicks: counter(),
});
export type Schema = typeof schema;
