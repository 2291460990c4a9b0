import { InvalidOp } from '../../core/crdt-type.ts';
import { formatId, type Id, type Stamp } from '../../core/ids.ts';
import type { Block, Spot } from '../../sequence/index.ts';
import { coverAfter, spread, withdraw } from './marks.ts';
import type { TextOp, TextPatch, TextSpan } from './op.ts';
import { type Content, type Deletion, Registers, type TextState } from './state.ts';
import { pushSpan } from './view.ts';

type Insert = Extract<TextOp, { type: 'insert' | 'element' }>;

/** The one way in, for local and remote ops. Throws InvalidOp before it changes anything. */
export function applyText(state: TextState, op: TextOp, stamp: Stamp): readonly TextPatch[] {
  const patches = applyOp(state, op, stamp);
  state.view = null;
  return patches;
}

function applyOp(state: TextState, op: TextOp, stamp: Stamp): readonly TextPatch[] {
  switch (op.type) {
    case 'insert':
    case 'element':
      return insert(state, op, stamp);
    case 'delete': {
      for (const range of op.ranges) {
        if (range.length < 1 || !state.elements.hasAll(range))
          throw new InvalidOp('delete of an unknown element');
      }
      const deletion: Deletion = { type: 'delete', ranges: op.ranges, retracted: false };
      state.targets.set(stamp.id, deletion);
      return hide(state, deletion, stamp.id);
    }
    case 'retract': {
      const target = state.targets.get(op.target);
      if (target === undefined) throw new InvalidOp('retract of what is no known delete or mark');
      if (target.retracted) return [];
      target.retracted = true;
      return target.type === 'mark' ? withdraw(state, target) : show(state, target, op.target);
    }
    case 'mark': {
      for (const { id } of [op.start, op.end]) if (id !== null) known(state, id, stamp);
      const mark = { ...op, stamp, retracted: false };
      state.targets.set(stamp.id, mark);
      return spread(state, mark);
    }
    case 'attr':
      return setAttr(state, op, stamp);
  }
}

function known(state: TextState, id: Id, stamp: Stamp): Spot<Content> {
  const spot = state.elements.find(id);
  if (spot === null) throw new InvalidOp(`unknown element ${formatId(id)}`);
  // What an op names happened before it: a later stamp here would break the order of siblings.
  if (spot.block.compare(spot.offset, stamp) >= 0)
    throw new InvalidOp(`element ${formatId(id)} is newer than the op`);
  return spot;
}

function insert(state: TextState, op: Insert, stamp: Stamp): TextPatch[] {
  const { elements } = state;
  if (op.origin.parent !== null) known(state, op.origin.parent, stamp);
  else if (op.origin.side === 'L') throw new InvalidOp('the origin has no left children');
  const gap = elements.gapFor(stamp, op.origin);
  const cover = coverAfter(state, gap.block === null ? null : { block: gap.block, offset: gap.offset - 1 });
  const content: Content =
    op.type === 'insert'
      ? { type: 'text', text: op.text, cover }
      : { type: op.element, id: formatId(stamp.id), registers: new Registers(op.attrs, stamp), cover };
  const width = op.type === 'insert' ? op.text.length : 1;
  const spot = elements.insertIn(gap, stamp, op.origin, width, content);
  const spans: TextSpan[] = [];
  pushSpan(spans, content, 0, width);
  return [{ type: 'insert', index: elements.indexOf(spot), spans }];
}

function hide(state: TextState, deletion: Deletion, by: Id): TextPatch[] {
  const { elements } = state;
  const patches: { type: 'delete'; index: number; count: number }[] = [];
  const only = [by];
  let before: Block<Content> | null = null;
  let index = 0;
  for (const range of deletion.ranges) {
    for (const block of elements.isolate(range)) {
      if (block.deletes.includes(by)) continue;
      const count = block.visible;
      if (count === 0) {
        elements.setDeletes(block, [...block.deletes, by]);
        continue;
      }
      // A block right after the one just hidden has its index; no need to count again.
      if (before === null || block.prev !== before) index = elements.indexOf({ block, offset: 0 });
      before = block;
      elements.setDeletes(block, only);
      const last = patches[patches.length - 1];
      if (last?.index === index) last.count += count;
      else patches.push({ type: 'delete', index, count });
    }
  }
  return patches;
}

function show(state: TextState, deletion: Deletion, by: Id): TextPatch[] {
  const { elements } = state;
  const patches: { type: 'insert'; index: number; spans: TextSpan[] }[] = [];
  let end = -1;
  let before: Block<Content> | null = null;
  for (const range of deletion.ranges) {
    for (const block of elements.isolate(range)) {
      const rest = block.deletes.filter((id) => id.seq !== by.seq || id.replica !== by.replica);
      if (rest.length === block.deletes.length) continue;
      elements.setDeletes(block, rest);
      if (rest.length > 0) continue;
      const index = before !== null && block.prev === before ? end : elements.indexOf({ block, offset: 0 });
      let last = patches[patches.length - 1];
      if (last === undefined || index !== end) {
        last = { type: 'insert', index, spans: [] };
        patches.push(last);
      }
      pushSpan(last.spans, block.content, 0, block.length);
      end = index + block.length;
      before = block;
    }
  }
  return patches;
}

function setAttr(state: TextState, op: Extract<TextOp, { type: 'attr' }>, stamp: Stamp): TextPatch[] {
  const { element, key, value } = op;
  if (element === null) {
    return state.origin.set(key, value, stamp) ? [{ type: 'attr', element, index: -1, key, value }] : [];
  }
  const spot = known(state, element, stamp);
  const { content } = spot.block;
  if (content.type === 'text') throw new InvalidOp('characters have no attributes');
  if (!content.registers.set(key, value, stamp) || spot.block.visible === 0) return [];
  return [{ type: 'attr', element: content.id, index: state.elements.indexOf(spot), key, value }];
}
