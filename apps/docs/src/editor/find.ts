import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { words } from '../view/words.ts';

export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
}

export interface Match {
  readonly from: number;
  readonly to: number;
}

export interface FindState {
  readonly query: FindQuery | null;
  readonly matches: readonly Match[];
  /** Which match is looked at; −1 without any. */
  readonly current: number;
}

const key = new PluginKey<FindState>('docsFind');
const NOTHING: FindState = { query: null, matches: [], current: -1 };

/** Every place where the words stand, inside one block each, in order. */
export function findAll(doc: Node, { text, matchCase }: FindQuery): readonly Match[] {
  if (text === '') return [];
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  const matches: Match[] = [];
  doc.forEach((block, offset) => {
    for (const match of block.textBetween(0, block.content.size, '', '\uFFFC').matchAll(pattern)) {
      const from = offset + 1 + match.index;
      matches.push({ from, to: from + match[0].length });
    }
  });
  return matches;
}

export const findState = (state: EditorState): FindState => key.getState(state) ?? NOTHING;

/** Starts looking for something, at the caret; null ends it. */
export const find =
  (query: FindQuery | null): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.setMeta(key, query ? { query } : NOTHING).setMeta('addToHistory', false));
    return true;
  };

/** Selects the next or previous match, around the ends. */
export const findNext =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const { matches, current } = findState(state);
    const index = (current + by + matches.length) % matches.length;
    const match = matches[index];
    if (!match) return false;
    const tr = state.tr.setSelection(TextSelection.create(state.doc, match.from, match.to));
    dispatch?.(tr.setMeta(key, { current: index }).scrollIntoView());
    return true;
  };

/** Puts `text` in place of the match that is looked at, and goes to the next. */
export const replaceMatch =
  (text: string): Command =>
  (state, dispatch) => {
    const { matches, current } = findState(state);
    const match = matches[current];
    if (!match) return false;
    if (dispatch) {
      const tr = state.tr.insertText(text, match.from, match.to);
      tr.setSelection(TextSelection.create(tr.doc, match.from + text.length));
      dispatch(tr.setMeta('label', words.replace).scrollIntoView());
    }
    return true;
  };

export const replaceAll =
  (text: string): Command =>
  (state, dispatch) => {
    const { matches } = findState(state);
    if (matches.length === 0) return false;
    const { tr } = state;
    // From the end, so that the places before stay true.
    for (const { from, to } of [...matches].reverse()) tr.insertText(text, from, to);
    dispatch?.(tr.setMeta('label', words.replaceAll));
    return true;
  };

/** Marks what is looked for, as long as it is looked for. */
export const finding = Extension.create({
  name: 'docsFind',
  addProseMirrorPlugins: () => [
    new Plugin<FindState>({
      key,
      state: {
        init: () => NOTHING,
        apply(tr, before, _old, { doc, selection }) {
          const meta: Partial<FindState> | undefined = tr.getMeta(key);
          const next = meta ? { ...before, ...meta } : before;
          if (!next.query || (!tr.docChanged && !meta?.query)) return next;
          const matches = findAll(doc, next.query);
          const after = matches.findIndex(({ to }) => to >= selection.from);
          return { query: next.query, matches, current: after < 0 ? (matches.length > 0 ? 0 : -1) : after };
        },
      },
      props: {
        decorations(state) {
          const { matches, current } = findState(state);
          if (matches.length === 0) return null;
          return DecorationSet.create(
            state.doc,
            matches.map(({ from, to }, i) =>
              Decoration.inline(from, to, {
                class: i === current ? 'cc-docs-found cc-docs-found--now' : 'cc-docs-found',
              }),
            ),
          );
        },
      },
    }),
  ],
});
