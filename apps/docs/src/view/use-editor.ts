import { shallowEqual } from '@concord/react';
import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import { useCallback, useRef, useSyncExternalStore } from 'react';

/** What `read` sees in the editor; renders again only when that is something else. */
export function useEditorValue<T>(editor: Editor, read: (editor: Editor) => T): T {
  const last = useRef<{ value: T } | null>(null);
  const subscribe = useCallback(
    (changed: () => void) => {
      editor.on('transaction', changed);
      return () => {
        editor.off('transaction', changed);
      };
    },
    [editor],
  );
  return useSyncExternalStore(subscribe, () => {
    const value = read(editor);
    if (!last.current || !shallowEqual(last.current.value, value)) last.current = { value };
    return last.current.value;
  });
}

/** Runs a command on the editor. Focus is the caller's matter. */
export const run = (editor: Editor, command: Command): boolean =>
  command(editor.state, (tr) => editor.view.dispatch(tr), editor.view);
