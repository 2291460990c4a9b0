import { safeHref, typedHref } from '@concord/prosemirror/text';
import { Extension, InputRule, markInputRule } from '@tiptap/core';
import { words } from '../view/words.ts';
import { type BlockStyle, insertDivider } from './commands.ts';

/** Markdown at the start of a block, typed up to `find`, becomes the block's style. */
function blockRule(find: RegExp, styleOf: (match: RegExpMatchArray) => BlockStyle): InputRule {
  return new InputRule({
    find,
    handler({ state, range, match }) {
      const $start = state.doc.resolve(range.from);
      const { type: name, attrs } = styleOf(match);
      const type = state.schema.nodes[name];
      if (!type || $start.parent.type.name === 'codeBlock') return null;
      // A task in a list keeps its depth, a style keeps its indent.
      state.tr
        .delete(range.from, range.to)
        .setNodeMarkup($start.before(), type, { indent: $start.parent.attrs.indent ?? 0, ...attrs })
        .setMeta('label', words.toolbar);
      return undefined;
    },
  });
}

const dividerRule = new InputRule({
  find: /^(?:---|—-|\*\*\* |___ )$/,
  handler({ state, range }) {
    // All commands of one rule write to the same transaction.
    state.tr.delete(range.from, range.to);
    insertDivider(state, () => undefined);
  },
});

const linkRule = new InputRule({
  find: /\[([^\]]+)\]\(([^\s)]+)\)$/,
  handler({ state, range, match }) {
    const type = state.schema.marks.link;
    const href = safeHref(match[2] ?? '');
    if (!type || href === null) return null;
    const marks = [...state.doc.resolve(range.to).marks(), type.create({ href })];
    state.tr
      .replaceWith(range.from, range.to, state.schema.text(match[1] ?? '', marks))
      .removeStoredMark(type);
    return undefined;
  },
});

/** An address becomes a link when the space after it is typed. */
const autoLinkRule = new InputRule({
  find: /(?:^|\s)((?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)\]'])\s$/,
  handler({ state, range, match }) {
    const type = state.schema.marks.link;
    const href = typedHref(match[1] ?? '');
    if (!type || href === null) return null;
    const to = range.to;
    const from = to - (match[1] ?? '').length;
    if (state.doc.rangeHasMark(from, to, type)) return null;
    state.tr.addMark(from, to, type.create({ href })).insertText(' ', to).removeStoredMark(type);
    return undefined;
  },
});

/** Markdown as you type it. Backspace right after takes the rule back. */
export const inputRules = Extension.create({
  name: 'docsInputRules',
  addInputRules() {
    const { marks } = this.editor.schema;
    const mark = (name: string, find: RegExp): InputRule[] => {
      const type = marks[name];
      return type ? [markInputRule({ find, type })] : [];
    };
    return [
      blockRule(/^(#{1,6})\s$/, (match) => ({ type: 'heading', attrs: { level: (match[1] ?? '#').length } })),
      blockRule(/^[-+*]\s$/, () => ({ type: 'bullet' })),
      blockRule(/^\d{1,9}[.)]\s$/, () => ({ type: 'ordered' })),
      blockRule(/^\[([ xX]?)\]\s$/, (match) => ({
        type: 'task',
        attrs: { checked: /x/i.test(match[1] ?? '') },
      })),
      blockRule(/^>\s$/, () => ({ type: 'quote' })),
      blockRule(/^```([\w+#.-]*)\s$/, (match) => ({
        type: 'codeBlock',
        attrs: { language: match[1] ?? '' },
      })),
      dividerRule,
      linkRule,
      autoLinkRule,
      ...mark('bold', /(?:^|\s)(\*\*(?!\s)([^*]+)(?<!\s)\*\*)$/),
      ...mark('bold', /(?:^|\s)(__(?!\s)([^_]+)(?<!\s)__)$/),
      ...mark('italic', /(?:^|\s)(\*(?![\s*])([^*]+)(?<!\s)\*)$/),
      ...mark('italic', /(?:^|\s)(_(?![\s_])([^_]+)(?<!\s)_)$/),
      ...mark('strike', /(?:^|\s)(~~(?!\s)([^~]+)(?<!\s)~~)$/),
      ...mark('code', /(?:^|\s)(`([^`]+)`)$/),
    ];
  },
});
