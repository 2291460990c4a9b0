import type { EditorView } from '@tiptap/pm/view';

/**
 * Makes the editor read what the browser has changed in the page and not yet told: a letter just typed, a caret just
 * moved. To be called before the page changes under it, and before a command acts on a selection, or these are lost.
 * The editor does this by itself a moment later and has no public way to be asked.
 */
export function readPage(view: EditorView): void {
  const { domObserver } = view as unknown as {
    readonly domObserver?: { forceFlush(): void; flush(): void };
  };
  domObserver?.forceFlush();
  domObserver?.flush();
}
