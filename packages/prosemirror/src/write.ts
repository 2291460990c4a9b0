import type { Json, OpId, TextMut } from '@concord/crdt';
import { type Fragment, Mark, type Node, type Slice } from '@tiptap/pm/model';
import {
  AddMarkStep,
  AddNodeMarkStep,
  AttrStep,
  DocAttrStep,
  RemoveMarkStep,
  RemoveNodeMarkStep,
  ReplaceAroundStep,
  ReplaceStep,
  type Step,
} from '@tiptap/pm/transform';
import type { TextCodec } from './codec.ts';
import { indexAt } from './position.ts';
import { markRecord } from './render.ts';
import type { TextRange } from './source.ts';
import { commonEnds, type Token, tokens } from './tokens.ts';

/** Where the steps of an editor are written to. */
export interface Target {
  readonly text: TextMut;
  readonly codec: TextCodec;
  readonly range: TextRange;
}

/**
 * Writes one step of the editor into the text with the fewest ops: a split is a new marker, a join a deleted one,
 * a changed block type an attribute. `before` is the editor's document before the step, equal to the text now.
 */
export function writeStep(target: Target, step: Step, before: Node): void {
  if (step instanceof ReplaceStep) {
    replace(target, before, step.from, step.to, sliceTokens(step.slice));
  } else if (step instanceof ReplaceAroundStep) {
    // Two replacements around what stays; the later one first, so that the indices of the earlier one hold.
    const { slice, insert } = step;
    const head = tokens(slice.content.cut(0, insert), slice.openStart > 0);
    const tail = tokens(slice.content.cut(insert), isInside(slice.content, insert));
    replace(target, before, step.gapTo, step.to, tail);
    replace(target, before, step.from, step.gapFrom, head);
  } else if (step instanceof AddMarkStep) {
    mark(target, before, step.from, step.to, step.mark.type.name, target.codec.markValue(step.mark));
  } else if (step instanceof RemoveMarkStep) {
    const { mark: removed } = step;
    before.nodesBetween(step.from, step.to, (node, pos) => {
      if (!node.isInline || !removed.isInSet(node.marks)) return;
      const from = Math.max(pos, step.from);
      mark(target, before, from, Math.min(pos + node.nodeSize, step.to), removed.type.name, null);
    });
  } else if (step instanceof AddNodeMarkStep || step instanceof RemoveNodeMarkStep) {
    const value = step instanceof AddNodeMarkStep ? target.codec.markValue(step.mark) : null;
    mark(target, before, step.pos, step.pos + 1, step.mark.type.name, value);
  } else if (step instanceof AttrStep) {
    const node = before.nodeAt(step.pos);
    if (!node) throw new RangeError(`no node at ${step.pos}`);
    const changed = node.type.create({ ...node.attrs, [step.attr]: step.value }, null, node.marks);
    const index = indexIn(target, before, step.pos);
    if (node.isInline) setEmbed(target, index, node, changed);
    else setBlock(target, index, node, changed);
  } else if (!(step instanceof DocAttrStep)) {
    throw new RangeError(`unknown step ${step.constructor.name}`);
  }
}

/** Replaces the elements between two positions. */
function replace(target: Target, doc: Node, from: number, to: number, inserted: readonly Token[]): void {
  const { text, range } = target;
  let before = sliceTokens(doc.slice(from, to));
  let after = [...inserted];
  let index = indexIn(target, doc, from);

  if (from === 0 && (before.length > 0 || after.length > 0)) {
    // The first block is permanent: it cannot be deleted or preceded. It takes the looks of what comes first now.
    const first = doc.firstChild;
    const [head, ...rest] = after;
    index += 1;
    if (head?.type === 'block') {
      after = before.length > 0 ? rest : [...rest, { type: 'block', node: first as Node }];
      before = before.slice(1);
      setBlock(target, index - 1, first as Node, head.node);
    } else {
      const next = doc.nodeAt(to);
      before = before.slice(1);
      if (next?.isBlock) {
        before.push({ type: 'block', node: next });
        setBlock(target, index - 1, first as Node, next);
      }
    }
  }

  const { prefix, suffix } = commonEnds(before, after, Mark.sameSet);
  if (range.single && after.slice(prefix, after.length - suffix).some((token) => token.type === 'block')) {
    throw new RangeError('a block editor cannot split its block');
  }
  const count = before.length - prefix - suffix;
  if (count > 0) text.delete(index + prefix, count);
  insert(target, index + prefix, after.slice(prefix, after.length - suffix));
  for (let i = 0; i < after.length; i++) {
    if (i >= prefix && i < after.length - suffix) continue;
    const old = before[i < prefix ? i : i + before.length - after.length];
    const now = after[i];
    if (old?.type === 'block' && now?.type === 'block') setBlock(target, index + i, old.node, now.node);
  }
}

function insert({ text, codec }: Target, at: number, row: readonly Token[]): void {
  let index = at;
  for (let i = 0; i < row.length; ) {
    const token = row[i] as Token;
    if (token.type === 'block') {
      text.insertBlock(index++, codec.blockAttrs(token.node));
      i++;
    } else if (token.type === 'leaf') {
      text.insertEmbed(index++, codec.embedAttrs(token.node), markRecord(codec, token.node.marks));
      i++;
    } else {
      const { marks } = token;
      let run = '';
      for (let next = row[i]; next?.type === 'unit' && Mark.sameSet(next.marks, marks); next = row[++i]) {
        run += next.unit;
      }
      text.insert(index, run, markRecord(codec, marks));
      index += run.length;
    }
  }
}

function mark(target: Target, doc: Node, from: number, to: number, key: string, value: Json | null): void {
  const start = indexIn(target, doc, from);
  const end = indexIn(target, doc, to);
  if (start < end) target.text.mark(start, end, key, value);
}

/** `index` is that of the block's marker. */
function setBlock(target: Target, index: number, old: Node, now: Node): void {
  if (old.type === now.type && old.hasMarkup(now.type, now.attrs)) return;
  const { text, codec, range } = target;
  const start = range.start(text);
  const element = start !== null && index < start ? range.marker : text.idAt(index);
  const keys = new Set([...codec.blockKeys(old.type), ...codec.blockKeys(now.type)]);
  setAttrs(text, element, keys, codec.blockAttrs(now));
}

function setEmbed({ text, codec }: Target, index: number, old: Node, now: Node): void {
  const wanted = codec.embedAttrs(now);
  const keys = new Set([...Object.keys(codec.embedAttrs(old)), ...Object.keys(wanted)]);
  setAttrs(text, text.idAt(index), keys, wanted);
}

// Compared with the text and not with the old node, which does not show a value that it cannot use.
function setAttrs(
  text: TextMut,
  element: OpId | null,
  keys: Iterable<string>,
  wanted: Readonly<Record<string, Json>>,
): void {
  const current = text.attrs(element);
  for (const key of keys) {
    const value = wanted[key] ?? null;
    if (JSON.stringify(current[key] ?? null) !== JSON.stringify(value)) text.setAttr(element, key, value);
  }
}

function indexIn({ text, range }: Target, doc: Node, pos: number): number {
  const start = range.start(text);
  if (start === null) throw new RangeError('the block is deleted');
  return indexAt(doc, pos, start);
}

const sliceTokens = (slice: Slice): Token[] => tokens(slice.content, slice.openStart > 0);

/** Whether an offset lies inside one of the fragment's nodes, not between two. */
function isInside(fragment: Fragment, offset: number): boolean {
  let pos = 0;
  for (let i = 0; i < fragment.childCount && pos < offset; i++) pos += fragment.child(i).nodeSize;
  return pos > offset;
}
