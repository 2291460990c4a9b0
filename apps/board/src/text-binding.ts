import { type Doc, type TextPatch, textPatches } from '@concord/crdt';
import type { BoardSchema } from './schema.ts';
import { applyEdit, carryOffset, editBetween } from './text-edit.ts';
import { words } from './words.ts';

/**
 * Binds a plain textarea to a card's description: what is typed goes into the text as the smallest edit, what others
 * type comes in around the caret, and undo in the field takes back one's own edits only. While an input method
 * composes, the field is left alone. Returns a function that unbinds.
 */
export function bindDescription(area: HTMLTextAreaElement, doc: Doc<BoardSchema>, card: string): () => void {
  const path = `cards/${encodeURIComponent(card)}/description`;
  const current = (): string => doc.view.cards[card]?.description.text ?? '';
  let shown = current();
  let composing = false;
  let writing = false;
  /** What others did to the text since the field was last equal to it. */
  let pending: TextPatch[] = [];
  area.value = shown;

  const render = (patches: readonly TextPatch[]): void => {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = area;
    shown = current();
    area.value = shown;
    area.setSelectionRange(
      carryOffset(selectionStart, patches),
      carryOffset(selectionEnd, patches),
      selectionDirection,
    );
    area.scrollTop = scrollTop;
  };
  const write = (): void => {
    const edit = editBetween(shown, area.value, area.selectionEnd);
    const missed = pending;
    pending = [];
    if (edit) {
      const index = carryOffset(edit.index, missed);
      const removed = carryOffset(edit.index + edit.removed, missed) - index;
      writing = true;
      try {
        doc.change((root) => applyEdit(root.cards.at(card).description, { ...edit, index, removed }), {
          label: words.editDescription,
        });
      } finally {
        writing = false;
      }
    }
    if (missed.length > 0) render(missed);
    else shown = area.value;
  };
  const onInput = (): void => {
    if (!composing) write();
  };
  const onStart = (): void => {
    composing = true;
  };
  const onEnd = (): void => {
    composing = false;
    write();
  };
  const travel = (event: Event, back: boolean): void => {
    event.preventDefault();
    if (back) doc.undo();
    else doc.redo();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey === event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === 'z') travel(event, !event.shiftKey);
    else if (key === 'y' && event.ctrlKey) travel(event, false);
  };
  // The field's own history knows nothing of what others wrote.
  const onBeforeInput = (event: InputEvent): void => {
    if (event.inputType === 'historyUndo') travel(event, true);
    else if (event.inputType === 'historyRedo') travel(event, false);
  };
  const stop = doc.subscribe((event) => {
    const patches = textPatches(event, path);
    if (patches.length === 0 || writing) return;
    if (composing) pending.push(...patches);
    else render(patches);
  });
  area.addEventListener('input', onInput);
  area.addEventListener('compositionstart', onStart);
  area.addEventListener('compositionend', onEnd);
  area.addEventListener('keydown', onKeyDown);
  area.addEventListener('beforeinput', onBeforeInput);
  return () => {
    stop();
    area.removeEventListener('input', onInput);
    area.removeEventListener('compositionstart', onStart);
    area.removeEventListener('compositionend', onEnd);
    area.removeEventListener('keydown', onKeyDown);
    area.removeEventListener('beforeinput', onBeforeInput);
  };
}
