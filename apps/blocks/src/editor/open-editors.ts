import type { Indices } from '@concord/prosemirror/text';
import type { CaretTarget } from '../focus.ts';
import type { MarkName } from './schema.ts';

/** A block's editor, as far as others need it: they are on the page before its code is. */
export interface OpenEditor {
  readonly dom: HTMLElement;
  focus(at: CaretTarget): void;
  toggle(mark: MarkName): void;
  /** Links a stretch of the text, or with null takes its links away. */
  link(from: number, to: number, href: string | null): void;
  /** What is selected, as indices of the stream in which the block's text begins at `start`; null if nothing is. */
  selected(start: number): Indices | null;
  /** The comment in whose text the caret is. */
  commentAtCaret(): string | null;
  /** Brings a stretch of the text into view, and the caret to its start if `focus`. */
  reveal(at: Indices, focus: boolean, start: number): void;
}

const open = new Map<string, OpenEditor>();

/** The editor of a block that is on the screen. */
export const editorOf = (id: string): OpenEditor | undefined => open.get(id);

/** Makes an editor known. Returns the way to take it back. */
export function addEditor(id: string, editor: OpenEditor): () => void {
  open.set(id, editor);
  return () => {
    if (open.get(id) === editor) open.delete(id);
  };
}
