import { readSelection, revealIndices } from '@concord/prosemirror';
import type { Whereabouts } from '@concord/shell';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';

/** People are where their caret is. */
export const docsWhereabouts: Whereabouts<DocsSession> = {
  reveal({ doc }, data) {
    const selection =
      typeof data === 'object' && data !== null && 'selection' in data ? readSelection(data.selection) : null;
    const view = openEditor.current?.view;
    const at = selection && doc.query(({ body }) => body.indexOf(selection.head));
    if (!view || at === null) return false;
    revealIndices(view, { from: at, to: at }, false);
    return true;
  },
};
