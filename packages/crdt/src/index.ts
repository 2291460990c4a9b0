export { type Json, jsonEqual } from './bytes/json.ts';
export { type CrdtType, InvalidOp, type MutContext } from './core/crdt-type.ts';
export * from './core/ids.ts';
export type {
  ColumnSource,
  Journal,
  JournalContext,
  PeerRange,
  RefReader,
  RefWriter,
  TypeEnv,
} from './core/journal.ts';
export { Peers } from './core/peers.ts';
export { covers, decodeVersion, encodeVersion, knows, type VersionVector } from './core/version.ts';
export type { EncodedChange } from './doc/change.ts';
export { type Conflict, type ConflictOptions, conflictsOf, type Deed } from './doc/conflicts.ts';
export { Doc } from './doc/doc.ts';
export {
  type DocEvent,
  dagPatches,
  placementPatches,
  type Rejection,
  textPatches,
  treePatches,
} from './doc/events.ts';
export {
  loadDoc,
  loadUndo,
  mergeFile,
  type OpenedDoc,
  openDoc,
  saveDoc,
  saveUndo,
} from './doc/file.ts';
export { at, blame, compare, diff, history, recall, revertTo } from './doc/history.ts';
export type { DocOptions, MadeBy } from './doc/options.ts';
export type { Blame, Compared } from './doc/past.ts';
export { ReadOnlyError } from './doc/read-only-error.ts';
export type { HistoryChange } from './doc/walk.ts';
export {
  clockLww,
  counter,
  dag,
  disableWinsFlag,
  enableWinsFlag,
  growOnlyCounter,
  isStringOrNull,
  list,
  lww,
  map,
  max,
  min,
  multiValue,
  placement,
  removeWinsSet,
  set,
  text,
  tree,
} from './schema/builders.ts';
export {
  type Leaf,
  leaf,
  type Mut,
  type ObjectNode,
  type OptionalMut,
  type OptionalNode,
  object,
  optional,
  type RecordMut,
  type RecordNode,
  record,
  type SchemaNode,
  type TupleNode,
  tuple,
  type View,
} from './schema/schema.ts';
export type * from './types/dag/op.ts';
export type * from './types/list/op.ts';
export type * from './types/placement/op.ts';
export { treedoc } from './types/placement/treedoc.ts';
export {
  commutative,
  type Encoding,
  ordered,
  type StrategyContext,
  type StrategySpec,
  type StrategyType,
} from './types/strategy.ts';
export type * from './types/text/op.ts';
export type { TreeMut, TreeOp, TreePatch, TreeView } from './types/tree/op.ts';
export { ROOT, TRASH } from './types/tree/op.ts';
