import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import type { Step } from '@tiptap/pm/transform';

/** A step of the editor, and the document that it was made on. */
export interface Edit {
  readonly step: Step;
  readonly before: Node;
  /** What undo calls it. */
  readonly label: string;
}

/**
 * Slips what others did in below edits that the text does not have yet: takes the edits back, lets `bring` add the
 * steps of others, and puts the edits on top again (as ProseMirror's own collab module rebases). Returns the edits
 * as they are now.
 */
export function rebase(tr: Transaction, edits: readonly Edit[], bring: () => void): Edit[] {
  for (const { step, before } of [...edits].reverse()) tr.step(step.invert(before));
  bring();
  // Not in the published types; ProseMirror's collab module uses it the same way.
  const mirrors = tr.mapping as unknown as { setMirror(from: number, to: number): void };
  const moved: Edit[] = [];
  let mapFrom = edits.length;
  for (const edit of edits) {
    const step = edit.step.map(tr.mapping.slice(mapFrom));
    mapFrom--;
    const before = tr.doc;
    if (!step || tr.maybeStep(step).failed) continue;
    mirrors.setMirror(mapFrom, tr.steps.length - 1);
    moved.push({ step, before, label: edit.label });
  }
  return moved;
}
