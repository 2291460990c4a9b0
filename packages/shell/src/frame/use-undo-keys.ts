import { useEffect } from 'react';

type Actions = { readonly undo: () => void; readonly redo: () => void };

/** A plain field keeps the browser's own undo of what was typed in it. */
const ownsUndo = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)) ||
  target instanceof HTMLTextAreaElement;

/** What a key press asks for: Mod+Z, Shift+Mod+Z, or Ctrl+Y. */
export function undoIntent(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): 'undo' | 'redo' | null {
  if (event.altKey || event.ctrlKey === event.metaKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null;
}

/** Undo and redo from the keyboard, wherever the focus is, unless an editor has taken the key already. */
export function useUndoKeys({ undo, redo }: Actions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || ownsUndo(event.target)) return;
      const intent = undoIntent(event);
      if (intent === null) return;
      event.preventDefault();
      if (intent === 'undo') undo();
      else redo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [undo, redo]);
}
