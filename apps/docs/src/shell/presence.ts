import type { Whereabouts } from '@concord/shell';
import type { DocsSession } from '../editor/create-editor.ts';
import { openEditor } from '../editor/open-editor.ts';

/** People are where their caret is. */
export const docsWhereabouts: Whereabouts<DocsSession> = {
  reveal: (_session, data) =>
    typeof data === 'object' &&
    data !== null &&
    'selection' in data &&
    openEditor.current?.revealCaret(data.selection) === true,
};
