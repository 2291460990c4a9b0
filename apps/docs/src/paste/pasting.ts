import { Extension } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import { Plugin, Selection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { insertImage } from '../editor/commands.ts';
import { looksLikeMarkdown } from '../markdown/detect.ts';
import { words } from '../view/words.ts';
import { cleanHtml } from './clean-html.ts';
import { ImageRefused, imageFromFile } from './image-file.ts';

export interface PastingOptions {
  readonly onRefused: (message: string) => void;
}

const isMarkdownFile = (file: File): boolean =>
  /\.(?:md|markdown)$/i.test(file.name) || file.type === 'text/markdown';

/** Paste and drop: HTML through the allow list, Markdown as what it means, pictures as pictures. */
export const pasting = ({ onRefused }: PastingOptions) =>
  Extension.create({
    name: 'docsPasting',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          // What this editor copied is flat already, and says where it was cut.
          transformPastedHTML: (html) => (html.includes('data-pm-slice') ? html : cleanHtml(html)),
          handlePaste: (view, event) => {
            const data = event.clipboardData;
            if (!data) return false;
            const files = [...data.files];
            const html = data.getData('text/html');
            if (files.length > 0 && !html) return takeFiles(view, files, onRefused);
            const text = data.getData('text/plain');
            const { $from } = view.state.selection;
            if (html || $from.parent.type.spec.code || !looksLikeMarkdown(text)) return false;
            void pasteMarkdown(view, text);
            return true;
          },
          handleDrop: (view, event, _slice, moved) => {
            const files = [...(event.dataTransfer?.files ?? [])];
            if (moved || files.length === 0) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
            return takeFiles(view, files, onRefused);
          },
        },
      }),
    ],
  });

/** Puts Markdown in place of the selection. */
export async function pasteMarkdown(view: EditorView, text: string): Promise<void> {
  // Few documents ever see it: the parser is loaded when it is needed.
  const { parseMarkdown } = await import('../markdown/parse.ts');
  if (view.isDestroyed) return;
  const blocks = parseMarkdown(view.state.schema, text);
  const [first, ...more] = blocks;
  // One plain paragraph is words inside a line, not a block of its own.
  const inLine = more.length === 0 && first?.type.name === 'paragraph';
  const slice = inLine ? new Slice(first.content, 0, 0) : new Slice(Fragment.fromArray(blocks), 0, 0);
  const { $from, empty } = view.state.selection;
  const { tr } = view.state;
  if (!inLine && empty && $from.parent.content.size === 0)
    tr.replaceWith($from.before(), $from.after(), blocks);
  else tr.replaceSelection(slice);
  view.dispatch(tr.setMeta('uiEvent', 'paste').scrollIntoView());
}

function takeFiles(view: EditorView, files: readonly File[], refused: (message: string) => void): boolean {
  const wanted = files.filter((file) => file.type.startsWith('image/') || isMarkdownFile(file));
  if (wanted.length === 0) {
    refused(words.onlyPictures);
    return true;
  }
  void (async () => {
    for (const file of wanted) {
      try {
        if (isMarkdownFile(file)) await pasteMarkdown(view, await file.text());
        else {
          const src = await imageFromFile(file);
          const alt = file.name.replace(/\.\w+$/, '');
          insertImage({ src, alt, width: 100 })(view.state, (tr) => view.dispatch(tr));
        }
      } catch (error) {
        refused(error instanceof ImageRefused ? error.message : words.importFailed);
      }
    }
  })();
  return true;
}
