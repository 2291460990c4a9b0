/** Where the caret goes in a block that is focused. `keep`: where it last was. */
export type CaretTarget =
  | 'start'
  | 'end'
  | 'keep'
  | { readonly offset: number }
  /** The place on the first or last line nearest to a horizontal place on the screen. */
  | { readonly x: number; readonly line: 'first' | 'last' };

/** Something on the page that can take the focus for a block. */
export interface Focusable {
  focus(at: CaretTarget): void;
}

const editors = new Map<string, Focusable>();

/** A request for a block that is not on the screen yet. */
let waiting: { readonly id: string; readonly at: CaretTarget } | null = null;

/** Makes a block focusable. Returns the way to take it back. */
export function register(id: string, editor: Focusable): () => void {
  editors.set(id, editor);
  if (waiting?.id === id) {
    const { at } = waiting;
    waiting = null;
    editor.focus(at);
  }
  return () => {
    if (editors.get(id) === editor) editors.delete(id);
  };
}

/** Puts the caret into a block, as soon as it is there. */
export function focusBlock(id: string, at: CaretTarget): void {
  waiting = null;
  const editor = editors.get(id);
  if (editor) editor.focus(at);
  else askFocus(id, at);
}

/** Whatever registers next for the block gets the focus. */
export function askFocus(id: string, at: CaretTarget): void {
  waiting = { id, at };
}

/** The block that has the focus now. */
export function focusedBlock(): string | null {
  return document.activeElement?.closest<HTMLElement>('[data-block]')?.dataset.block ?? null;
}

export const focusHandle = (id: string): void =>
  document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)?.focus();
