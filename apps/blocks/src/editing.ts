import { ROOT } from '@concord/crdt';
import type { TextComments } from '@concord/prosemirror';
import { followCopy } from '@concord/prosemirror/text';
import { stepOn } from '@concord/shell';
import type { Session } from '@concord/sync';
import { announce, toast } from '@concord/ui';
import { flushSync } from 'react-dom';
import { focusBlock } from './focus.ts';
import * as model from './model.ts';
import { nameOf } from './names.ts';
import type { Block, Page } from './page.ts';
import { PageSource } from './page-source.ts';
import { isCollapsed, type Row, rowsOf } from './rows.ts';
import type { BlocksMut, BlocksSchema, BlockType } from './schema.ts';
import { fold, getState } from './store.ts';
import { words } from './words.ts';

export type BlocksSession = Session<BlocksSchema>;

/** Types that go on when Enter is pressed at their end. */
const LISTS: readonly BlockType[] = ['bullet', 'numbered', 'todo'];

const after = (type: BlockType): BlockType => (LISTS.includes(type) ? type : 'text');

/**
 * What a reader does to the page, from keys, menus and the pointer: one change of the document each, and then the
 * caret is where they would look for it. Every command takes the block's id; a block that is gone is left alone.
 */
export class Editing {
  readonly session: BlocksSession;
  readonly pages: PageSource;
  readonly #comments: Pick<TextComments, 'comments' | 'onMoved'> | null;

  constructor(session: BlocksSession, comments: Pick<TextComments, 'comments' | 'onMoved'> | null = null) {
    this.session = session;
    this.#comments = comments;
    this.pages = new PageSource(session.doc);
  }

  get page(): Page {
    return this.pages.get();
  }

  block(id: string): Block | undefined {
    return this.page.byId.get(id);
  }

  rows(): readonly Row[] {
    return rowsOf(this.page.blocks, getState().folds);
  }

  /** The row above or below in view. */
  neighbour(id: string, step: -1 | 1): Row | undefined {
    const rows = this.rows();
    const index = rows.findIndex((row) => row.block.id === id);
    return index < 0 ? undefined : rows[index + step];
  }

  /** One change, on the screen when this returns, so that the focus can go where it made something. */
  change<T>(label: string, edit: (root: BlocksMut) => T): T {
    let result: T | undefined;
    flushSync(() => {
      this.session.doc.change(
        (root) => {
          result = edit(root);
        },
        { label },
      );
    });
    return result as T; // `edit` ran, or the change threw
  }

  /** What undo calls a step that was done to a block as a whole. */
  #step(label: string, id: string): string {
    const text = this.block(id)?.text.replace(/\s+/g, ' ').trim() ?? '';
    return text === '' ? label : stepOn(label, text);
  }

  undo(): void {
    flushSync(() => this.session.doc.undo());
  }

  redo(): void {
    flushSync(() => this.session.doc.redo());
  }

  // Making blocks

  /** Enter, with the text from `from` to `to` selected. */
  enter(id: string, from: number, to: number): void {
    const block = this.block(id);
    if (block === undefined) return;
    if (block.text === '' && this.#leave(block)) return;
    if (to === 0) {
      // The block goes down as it is, whatever its type.
      this.change(words.newBlock, (root) => model.addBlock(root, model.placeOf(root, id), after(block.type)));
      return;
    }
    const inside = block.children.length > 0 && !isCollapsed(block, getState().folds);
    const made = this.change(words.newBlock, (root) => {
      model.deleteText(root, id, from, to - from);
      return model.splitBlock(root, id, from, after(block.type), inside);
    });
    if (made !== null) focusBlock(made, 'start');
  }

  /** An empty block on Enter: it gives up its type, then its level. False if it has neither. */
  #leave(block: Block): boolean {
    if (block.type !== 'text') {
      this.turnInto(block.id, 'text');
      return true;
    }
    const row = this.rows().find((each) => each.block.id === block.id);
    const siblings = this.block(row?.parent ?? '')?.children;
    if (row === undefined || siblings?.at(-1)?.id !== block.id || block.children.length > 0) return false;
    this.outdent(block.id);
    return true;
  }

  /** A new empty block below, at the same level. */
  addBelow(id: string, type: BlockType = 'text'): void {
    const made = this.change(words.newBlock, (root) =>
      model.isShown(root, id)
        ? model.addBlock(root, { parent: model.shownParent(root, id), after: id }, type)
        : null,
    );
    if (made !== null) focusBlock(made, 'start');
  }

  /** The caret at the end of the page, in an empty block. */
  writeAtEnd(): void {
    const last = this.page.blocks.at(-1);
    if (last && last.type === 'text' && last.text === '' && last.children.length === 0) {
      focusBlock(last.id, 'end');
      return;
    }
    const made = this.change(words.newBlock, (root) =>
      model.addBlock(root, { parent: ROOT, after: model.shownChildren(root, ROOT).at(-1) ?? null }),
    );
    focusBlock(made, 'start');
  }

  paste(id: string, from: number, to: number, blocks: readonly model.NewBlock[]): void {
    const caret = this.change(words.paste, (root) => {
      model.deleteText(root, id, from, to - from);
      return model.insertBlocks(root, id, from, blocks);
    });
    focusBlock(caret.block, { offset: caret.offset });
  }

  duplicate(id: string): void {
    const copy = this.change(this.#step(words.duplicate, id), (root) =>
      model.isShown(root, id) ? model.duplicateBlock(root, id) : null,
    );
    if (copy !== null) focusBlock(copy, 'end');
  }

  // Taking blocks away

  /** Backspace at the start of a block. */
  joinUp(id: string): void {
    const block = this.block(id);
    if (block === undefined) return;
    if (block.type !== 'text') {
      this.turnInto(id, 'text');
      return;
    }
    const above = this.neighbour(id, -1)?.block;
    if (above === undefined) {
      if (block.text === '' && this.neighbour(id, 1)) this.remove(id, false);
    } else if (above.type === 'divider' && above.text === '') {
      this.change(words.deleteDivider, (root) => model.removeBlock(root, above.id));
    } else this.#merge(above.id, id);
  }

  /** Delete at the end of a block. */
  joinDown(id: string): void {
    const below = this.neighbour(id, 1)?.block;
    if (below === undefined) return;
    if (below.type === 'divider' && below.text === '')
      this.change(words.deleteDivider, (root) => model.removeBlock(root, below.id));
    else this.#merge(id, below.id);
  }

  #merge(target: string, id: string): void {
    const offset = this.change(words.mergeBlocks, (root) => model.mergeBlocks(root, target, id));
    if (offset === null) return;
    this.#keepComments(id, target, offset);
    focusBlock(target, { offset });
  }

  /** A merge of blocks that are no neighbours in the stream copies the text: what is said of it goes along. */
  #keepComments(id: string, target: string, offset: number): void {
    const moves = this.session.doc.query((root) => {
      const from = model.contentRange(root, id);
      const into = model.contentRange(root, target);
      if (!from || !into || !this.#comments) return null;
      const at = { from: from.start, to: from.end };
      return followCopy(root.stream, at, into.start + offset, this.#comments.comments());
    });
    if (moves) this.#comments?.onMoved(moves);
  }

  /** To the trash; `tell` offers the way back. */
  remove(id: string, tell = true): void {
    const block = this.block(id);
    if (block === undefined) return;
    const next = this.neighbour(id, -1)?.block.id ?? this.rows().find((row) => row.parent !== id)?.block.id;
    this.change(this.#step(words.deleteBlock, id), (root) => model.removeBlock(root, id));
    if (next !== undefined && next !== id) focusBlock(next, 'end');
    if (!tell) return;
    toast({
      key: 'deleted',
      title: words.deleted(nameOf(block)),
      action: { label: words.undo, onSelect: () => this.restore(id) },
    });
  }

  restore(id: string): void {
    this.change(this.#step(words.restoreBlock, id), (root) => {
      if (model.isTrashed(root, id)) model.restoreBlock(root, id);
    });
    focusBlock(id, 'end');
  }

  rescue(stray: string | null): void {
    const block = this.change(words.rescueText, (root) => model.rescueText(root, stray));
    if (block !== null) focusBlock(block, 'end');
  }

  // Changing and moving them

  turnInto(id: string, type: BlockType): void {
    this.change(this.#step(words.turnIntoType(words.types[type].name), id), (root) =>
      model.turnInto(root, id, type),
    );
  }

  /** Takes the `count` characters from `from` away, and makes the block what they asked for. */
  command(id: string, from: number, count: number, type: BlockType, attrs: { checked?: boolean } = {}): void {
    const block = this.block(id);
    if (block === undefined) return;
    const rest = block.text.length - count;
    const next = this.change(this.#step(words.turnIntoType(words.types[type].name), id), (root) => {
      model.deleteText(root, id, from, count);
      if (type !== 'divider' || rest === 0) model.turnInto(root, id, type);
      if (attrs.checked !== undefined) model.setBlockAttr(root, id, 'checked', attrs.checked || null);
      if (type !== 'divider') return null;
      const place = { parent: model.shownParent(root, id), after: id };
      const line = rest === 0 ? id : model.addBlock(root, place, 'divider');
      return model.addBlock(root, { ...place, after: line });
    });
    if (next === null) focusBlock(id, 'keep');
    else focusBlock(next, 'start');
  }

  setChecked(id: string, checked: boolean): void {
    this.change(this.#step(checked ? words.check : words.uncheck, id), (root) =>
      model.setBlockAttr(root, id, 'checked', checked || null),
    );
  }

  /** Folds a block that is open, or the other way, as the reader sees it: for all. */
  toggleCollapsed(id: string): void {
    const block = this.block(id);
    if (!block) return;
    const collapsed = !isCollapsed(block, getState().folds);
    fold([id], null);
    if (collapsed === (block.attrs.collapsed === true)) return;
    this.change(this.#step(collapsed ? words.collapse : words.expand, id), (root) =>
      model.setBlockAttr(root, id, 'collapsed', collapsed || null),
    );
  }

  indent(id: string): void {
    if (
      this.change(
        this.#step(words.indent, id),
        (root) => model.isShown(root, id) && model.indentBlock(root, id),
      )
    )
      this.#tellLevel(id);
  }

  outdent(id: string): void {
    if (
      this.change(
        this.#step(words.outdent, id),
        (root) => model.isShown(root, id) && model.outdentBlock(root, id),
      )
    )
      this.#tellLevel(id);
  }

  nudge(id: string, direction: 'up' | 'down'): void {
    const moved = this.change(this.#step(words.moveBlock, id), (root) =>
      model.isShown(root, id) ? model.nudgeBlock(root, id, direction) : false,
    );
    if (moved)
      announce(
        (direction === 'up' ? words.movedUp : words.movedDown)(this.#rowNumber(id), this.rows().length),
      );
  }

  move(id: string, place: model.Place): void {
    this.change(this.#step(words.moveBlock, id), (root) => {
      if (place.parent !== ROOT && root.tree.isUnder(place.parent, id)) return;
      model.moveBlock(root, id, place);
      if (place.parent !== ROOT) model.setBlockAttr(root, place.parent, 'collapsed', null);
    });
  }

  #rowNumber(id: string): number {
    return this.rows().findIndex((row) => row.block.id === id) + 1;
  }

  #tellLevel(id: string): void {
    const row = this.rows().find((each) => each.block.id === id);
    if (row) announce(words.level(row.depth + 1));
  }
}
