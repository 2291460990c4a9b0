export type { AnyCrdtType } from './container.ts';
export { leaf } from './leaf.ts';
export type {
  Leaf,
  Mut,
  ObjectNode,
  OptionalMut,
  OptionalNode,
  RecordMut,
  RecordNode,
  SchemaNode,
  TupleNode,
  View,
} from './node.ts';
export { object } from './object.ts';
export { OPTIONAL_CHILD, optional } from './optional.ts';
export { record } from './record.ts';
export { tuple } from './tuple.ts';
