import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { isFromText } from './bind-text.ts';

/**
 * While `isOn`, a text that has a caret and takes no writing: keys move and select in it as in any text, which the
 * browser only does where it can be edited. What others write still comes in. The editor has to be editable meanwhile.
 */
export function caretOnly(isOn: () => boolean): Plugin {
  // The browser does what the key does in a text; the editor's own commands stay out of it.
  const leave = (): boolean => isOn();
  const refuse = (_view: EditorView, event: Event): boolean => {
    if (isOn()) event.preventDefault();
    return isOn();
  };
  return new Plugin({
    // What cannot be prevented, a composition for one, is drawn over with what the text says.
    filterTransaction: (tr) => !(tr.docChanged && isOn() && !isFromText(tr)),
    props: {
      // A screen keyboard would be of no use.
      attributes: (): Record<string, string> =>
        isOn() ? { 'aria-readonly': 'true', inputmode: 'none', spellcheck: 'false' } : {},
      handleDOMEvents: {
        keydown: leave,
        keypress: leave,
        beforeinput: refuse,
        paste: refuse,
        cut: refuse,
        drop: refuse,
      },
    },
  });
}
