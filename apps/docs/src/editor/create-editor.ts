import type { Json } from '@concord/crdt';
import {
  type AnchoredSelection,
  bindText,
  remoteCarets,
  renderDoc,
  schemaCodec,
  type TextComments,
  textComments,
  textSource,
  wholeText,
} from '@concord/prosemirror';
import { type Mode, textWords } from '@concord/shell';
import type { Session } from '@concord/sync';
import { Editor, Extension } from '@tiptap/core';
import { dropCursor } from '@tiptap/pm/dropcursor';
import { pasting } from '../paste/pasting.ts';
import type { docsSchema } from '../schema.ts';
import { finding } from './find.ts';
import { inputRules } from './input-rules.ts';
import { docsKeymap } from './keymap.ts';
import { marks } from './marks.ts';
import { nodes } from './nodes.ts';
import { placeholder } from './placeholder.ts';
import { hasCaret, reading } from './reading.ts';
import { editorSchema } from './schema.ts';
import { taskView } from './task-view.ts';

export type DocsSession = Session<typeof docsSchema>;

export interface EditorOptions {
  readonly session: DocsSession;
  readonly host: HTMLElement;
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  readonly onLink: () => void;
  readonly onFind: () => void;
  /** What people say about the text. */
  readonly comments: TextComments;
  /** Something pasted or dropped could not be taken; `message` says what and why. */
  readonly onRefused: (message: string) => void;
  /** What the reader may do with it just now. Who may comment has a caret in it; `modeChanged` tells of another one. */
  readonly mode: () => Mode;
}

/** An editor that lives on the document's text: what is typed goes there, what others do comes from there. */
export function createEditor(options: EditorOptions): Editor {
  const { session, host } = options;
  // Who has only opened the document has no caret in it yet.
  let isHere = false;
  let latest: AnchoredSelection | null = null;
  const publish = (): void =>
    session.presence.set(isHere && latest ? { selection: latest as unknown as Json } : {});
  const binding = Extension.create({
    name: 'concord',
    addProseMirrorPlugins() {
      const source = textSource(session.doc, 'body', (root) => root.body);
      return [
        bindText({
          source,
          codec: schemaCodec(this.editor.schema),
          labels: textWords.labels,
          onSelection: (selection) => {
            latest = selection;
            publish();
          },
        }),
        remoteCarets({
          source,
          label: textWords.caret,
          peers: () =>
            session.presence.peers().map(({ replica, name, colour, data }) => ({
              id: replica,
              name,
              colour,
              selection:
                typeof data === 'object' && data !== null && 'selection' in data ? data.selection : undefined,
            })),
          subscribe: (changed) => session.presence.subscribe(changed),
        }),
        textComments({ source, ...options.comments }),
        dropCursor({ color: 'var(--cc-accent)', width: 2 }),
      ];
    },
  });
  const initial = session.doc.query((root) => renderDoc(schemaCodec(editorSchema), root.body, wholeText));
  return new Editor({
    element: host,
    extensions: [
      ...nodes,
      ...marks,
      binding,
      docsKeymap(options),
      inputRules,
      finding,
      taskView(options.mode),
      pasting(options),
      placeholder(options.placeholder),
      reading(options.mode),
    ],
    content: initial.toJSON(),
    editable: hasCaret(options.mode()),
    onFocus: () => {
      isHere = true;
      publish();
    },
    injectCSS: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        'aria-description': options.description,
        class: 'cc-docs-text',
      },
    },
  });
}
