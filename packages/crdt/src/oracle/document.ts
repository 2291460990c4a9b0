import type { Json } from '../bytes/index.ts';
import { formatId, type OpId } from '../core/ids.ts';
import type { EncodedChange } from '../doc/change.ts';
import { type AnyCrdtType, OPTIONAL_CHILD, type SchemaNode } from '../schema/schema.ts';
import { decodedChanges } from '../testing/decoded-ops.ts';
import { testEnv } from '../testing/env.ts';
import { dagModel } from './dag.ts';
import { extendWords } from './every-register.ts';
import {
  clockLwwModel,
  disableWinsFlagModel,
  enableWinsFlagModel,
  extremumModel,
  growOnlyCounterModel,
  multiValueModel,
  orderedModel,
  removeWinsSetModel,
} from './more-registers.ts';
import { placementModel } from './placement.ts';
import { counterModel, keysModel, lwwModel, mapModel, setModel } from './registers.ts';
import type { Model, Stamped } from './stamped.ts';
import { textModel } from './text.ts';
import { treeModel } from './tree.ts';

/** All ops of some changes by the path of their container, with Lamport times derived anew. */
export type OpLog = ReadonlyMap<string, { readonly type: AnyCrdtType; readonly ops: Stamped<unknown>[] }>;

/** `changes` in a causal order, as `changesSince` gives them. */
export function opLog(schema: SchemaNode, changes: readonly EncodedChange[]): OpLog {
  const log = new Map<string, { type: AnyCrdtType; ops: Stamped<unknown>[] }>();
  const lamports = new Map<OpId, number>();
  for (const change of decodedChanges(schema, changes)) {
    const { replica, from, to } = change;
    const before = from > 0 ? [...change.deps, { replica, seq: from - 1 }] : change.deps;
    const first =
      1 +
      Math.max(
        0,
        ...before.map((id) => {
          const lamport = lamports.get(formatId(id));
          if (lamport === undefined) throw new Error(`${formatId(id)} comes after what builds on it`);
          return lamport;
        }),
      );
    for (let seq = from; seq < to; seq++) lamports.set(formatId({ replica, seq }), first + seq - from);
    for (const { path, type, op, offset } of change.ops) {
      const entry = log.get(path) ?? { type, ops: [] };
      entry.ops.push({ op, stamp: { id: { replica, seq: from + offset }, lamport: first + offset } });
      log.set(path, entry);
    }
  }
  return log;
}

/** The view of every container that has ops, those below removed keys too. */
export function containerViews(log: OpLog): ReadonlyMap<string, unknown> {
  return new Map([...log].map(([path, { type, ops }]) => [path, modelOf(type)(ops)]));
}

/** What a document of this schema must show. */
export function documentView(schema: SchemaNode, views: ReadonlyMap<string, unknown>, path = ''): unknown {
  const below = (segment: string) => (path === '' ? segment : `${path}/${segment}`);
  if (schema.node === 'leaf') return views.get(path) ?? modelOf(schema.type)([]);
  if (schema.node === 'optional')
    return views.get(path) === true ? documentView(schema.child, views, below(OPTIONAL_CHILD)) : null;
  if (schema.node === 'tuple') return schema.items.map((item, i) => documentView(item, views, below(`${i}`)));
  const entries: [string, SchemaNode, string][] =
    schema.node === 'object'
      ? Object.entries(schema.fields).map(([name, node]) => [name, node, name])
      : ((views.get(path) ?? []) as string[]).map((key) => [key, schema.child, encodeURIComponent(key)]);
  return Object.fromEntries(
    entries.map(([name, node, segment]) => [name, documentView(node, views, below(segment))]),
  );
}

function modelOf(type: AnyCrdtType): Model<unknown, unknown> {
  const name = type.kind.split('@')[0] as string;
  const initial = type.view(type.create(testEnv()));
  const models: Readonly<Record<string, Model<never, unknown>>> = {
    'clock-lww': clockLwwModel(initial as Json),
    counter: counterModel,
    dag: dagModel,
    'disable-wins-flag': disableWinsFlagModel,
    'enable-wins-flag': enableWinsFlagModel,
    'grow-only-counter': growOnlyCounterModel,
    keys: keysModel,
    lww: lwwModel(initial as Json),
    map: mapModel,
    max: extremumModel('max', initial as number),
    min: extremumModel('min', initial as number),
    'multi-value': multiValueModel,
    placement: placementModel,
    'remove-wins-set': removeWinsSetModel,
    set: setModel,
    text: textModel,
    tree: treeModel,
    words: orderedModel('', extendWords),
  };
  const model = models[name];
  if (model === undefined) throw new Error(`no model of ${type.kind}`);
  return model as Model<unknown, unknown>;
}
