import type { Json } from '../../bytes/index.ts';
import type { Id, IdRange, OpId } from '../../core/ids.ts';
import type { Origin, Side } from '../../sequence/index.ts';

/** Formatting of a character: mark key → value. A missing key means unmarked; values are never null. */
export type Marks = Readonly<Record<string, Json>>;

/** Attributes of a block marker or an embed, each key an LWW register. A key set to null is absent. */
export type Attrs = Readonly<Record<string, Json>>;

export type { Origin, Side };

/** A slot beside an element. `id: null` is the origin (with `after`: the start of the text) or, with `before`, the end of the text. */
export interface AnchorSlot {
  readonly id: Id | null;
  readonly side: 'before' | 'after';
}

/**
 * The ops of rich text.
 * - insert: `text.length` elements (UTF-16 units); the first hangs at `origin`, each next one is a right child of the one before.
 * - element: one block marker or embed.
 * - delete: names elements; an element is visible iff no live delete names it.
 * - retract: takes back the delete or mark op `target` for ever (used by undo and redo).
 * - mark: sets (value) or clears (null) a key between two slots; per character and key the greatest live covering op in ≺ wins.
 * - attr: LWW attribute of a block marker or embed; `element: null` is the origin, the permanent first block.
 */
export type TextOp =
  | { readonly type: 'insert'; readonly origin: Origin; readonly text: string }
  | {
      readonly type: 'element';
      readonly origin: Origin;
      readonly element: 'block' | 'embed';
      readonly attrs: Attrs;
    }
  | { readonly type: 'delete'; readonly ranges: readonly IdRange[] }
  | { readonly type: 'retract'; readonly target: Id }
  | {
      readonly type: 'mark';
      readonly key: string;
      readonly value: Json | null;
      readonly start: AnchorSlot;
      readonly end: AnchorSlot;
    }
  | { readonly type: 'attr'; readonly element: Id | null; readonly key: string; readonly value: Json | null };

/** A stable place in the text, as plain data for presence and comments. `id: null` as in `AnchorSlot`. */
export interface Anchor {
  readonly id: OpId | null;
  readonly side: 'before' | 'after';
}

/** A maximal run of the visible text, in order. Lengths: text counts UTF-16 units, block and embed count 1. */
export type TextSpan =
  | { readonly type: 'text'; readonly text: string; readonly marks: Marks }
  | { readonly type: 'block'; readonly id: OpId; readonly attrs: Attrs }
  | { readonly type: 'embed'; readonly id: OpId; readonly attrs: Attrs; readonly marks: Marks };

/** Immutable view. `origin` holds the attributes of the permanent first block, which starts before the first element. */
export interface TextView {
  readonly length: number;
  readonly spans: readonly TextSpan[];
  readonly origin: Attrs;
  /** The characters alone; block markers read as "\n", embeds as U+FFFC. */
  readonly text: string;
}

/** What one op changed, in visible indices, to be replayed in order. A retract or delete may give several. */
export type TextPatch =
  | { readonly type: 'insert'; readonly index: number; readonly spans: readonly TextSpan[] }
  | { readonly type: 'delete'; readonly index: number; readonly count: number }
  /** The winning value of `key` changed on [index, index + count). */
  | {
      readonly type: 'mark';
      readonly index: number;
      readonly count: number;
      readonly key: string;
      readonly value: Json | null;
    }
  /** `element: null` is the origin, at index −1. Not given for deleted elements. */
  | {
      readonly type: 'attr';
      readonly element: OpId | null;
      readonly index: number;
      readonly key: string;
      readonly value: Json | null;
    };

/** The legal operations on a rich text, and its live queries. Indices are visible indices; out of range throws RangeError. */
export interface TextMut {
  readonly length: number;
  /** Without `marks` the text takes the marks that grow over that place; with `marks` it gets exactly those. */
  insert(index: number, text: string, marks?: Marks): void;
  insertBlock(index: number, attrs: Attrs): OpId;
  insertEmbed(index: number, attrs: Attrs, marks?: Marks): OpId;
  delete(index: number, count: number): void;
  mark(start: number, end: number, key: string, value: Json | null): void;
  /** `element: null` is the origin. A no-op if the attribute has that value already. */
  setAttr(element: OpId | null, key: string, value: Json | null): void;

  spans(start?: number, end?: number): readonly TextSpan[];
  /** The marks that text typed at `index` would take. */
  marksAt(index: number): Marks;
  attrs(element: OpId | null): Attrs;
  /** The slot just after the element left of `index` (side 'after'), or just before the one right of it. */
  anchorAt(index: number, side?: 'before' | 'after'): Anchor;
  /** Where the anchor is now; a deleted element's anchor gives the place where it was. Unknown ids give null. */
  indexOf(anchor: Anchor): number | null;
  /** The visible index of an element, or null if it is deleted or unknown. */
  indexOfElement(id: OpId): number | null;
  /** The id of the visible element at `index`. */
  idAt(index: number): OpId;
}

/** Where a mark grows when text is typed at its edges. Default `after`. */
export interface MarkSpec {
  readonly expand: 'after' | 'none' | 'before' | 'both';
}
