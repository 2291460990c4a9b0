import type { Json } from '@concord/crdt';
import type { Indices } from '@concord/prosemirror/text';

/** What stands around the app asks of the editor on this page: it is there before the editor's code is. */
export interface OpenEditor {
  /** What is selected, else the paragraph around the caret; with the comment that the caret is in. Null if that is empty. */
  chosen(): { readonly at: Indices; readonly thread: string | null } | null;
  /** Brings a stretch into view, and the caret to its start if `focus`. */
  reveal(at: Indices, focus: boolean): void;
  /** Brings a change into view. Gives the block that shows it, unless the caret is there and says enough. */
  revealChange(at: Indices): Element | null;
  /** Brings the caret that somebody shares into view. False if there is none. */
  revealCaret(selection: Json | undefined): boolean;
}

export const openEditor: { current: OpenEditor | null } = { current: null };
