import type { TextMut, TextPatch } from '@concord/crdt';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import type { TextCodec } from './codec.ts';
import { positionAt } from './position.ts';
import { blockNodes } from './render.ts';

/**
 * Replays one patch of the whole text as minimal steps. `text` may be ahead of the patch: it is asked for
 * attributes only, which later patches would set anyway.
 */
export function addPatch(tr: Transaction, codec: TextCodec, text: TextMut, patch: TextPatch): void {
  switch (patch.type) {
    case 'insert': {
      const pos = positionAt(tr.doc, patch.index, 0);
      const { parent } = tr.doc.resolve(pos);
      const [first, ...more] = blockNodes(codec, patch.spans, {});
      const head = (first as Node).content;
      const slice =
        more.length === 0
          ? new Slice(head, 0, 0)
          : new Slice(Fragment.fromArray([parent.copy(head), ...more]), 1, 1);
      tr.step(new ReplaceStep(pos, pos, slice));
      return;
    }
    case 'delete': {
      const from = positionAt(tr.doc, patch.index, 0);
      const to = positionAt(tr.doc, patch.index + patch.count, 0);
      tr.step(new ReplaceStep(from, to, Slice.empty));
      return;
    }
    case 'mark': {
      const type = codec.markType(patch.key);
      if (!type) return;
      const from = positionAt(tr.doc, patch.index, 0);
      const to = positionAt(tr.doc, patch.index + patch.count, 0);
      const [mark] = patch.value === null ? [] : codec.marks({ [patch.key]: patch.value });
      if (mark) tr.addMark(from, to, mark);
      else tr.removeMark(from, to, type);
      return;
    }
    case 'attr': {
      const attrs = { ...text.attrs(patch.element), [patch.key]: patch.value };
      // A marker's block starts right behind it; an embed is a node of its own.
      const pos = patch.index < 0 ? 0 : positionAt(tr.doc, patch.index, 0);
      const leaf = patch.index < 0 ? null : tr.doc.nodeAt(pos);
      if (leaf?.isInline && leaf.isLeaf && !leaf.isText) {
        tr.replaceWith(pos, pos + 1, codec.embed(attrs, leaf.marks));
        return;
      }
      const start = positionAt(tr.doc, patch.index + 1, 0) - 1;
      const { type, attrs: nodeAttrs } = codec.block(attrs);
      if (!tr.doc.nodeAt(start)?.hasMarkup(type, nodeAttrs)) tr.setNodeMarkup(start, type, nodeAttrs);
      return;
    }
  }
}

/** Makes the document `wanted` by replacing the one stretch that differs. */
export function addDifference(tr: Transaction, wanted: Node): void {
  const { doc } = tr;
  const start = doc.content.findDiffStart(wanted.content);
  if (start === null) return;
  const ends = doc.content.findDiffEnd(wanted.content);
  if (!ends) return;
  // Equal letters on both sides of the change can be counted twice.
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
  tr.replace(start, ends.a + overlap, wanted.slice(start, ends.b + overlap));
}
