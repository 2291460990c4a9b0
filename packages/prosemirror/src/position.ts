import type { Node } from '@tiptap/pm/model';

/*
 * A flat document is a row of textblocks. In the text, block k > 0 starts with its marker, one element; in the
 * editor it takes an opening and a closing token. So a position is its index plus one token for the first block's
 * opening and one more for each block before it. A position between two blocks counts as before the marker.
 */

/** The text index of an editor position. The position before the first block gives `base - 1`. */
export function indexAt(doc: Node, pos: number, base: number): number {
  return base + pos - doc.resolve(pos).index(0) - 1;
}

/** The position, inside a textblock, of a text index. Throws RangeError outside of the document. */
export function positionAt(doc: Node, index: number, base: number): number {
  let start = base;
  for (let k = 0; k < doc.childCount; k++) {
    const end = start + doc.child(k).content.size;
    if (index >= start && index <= end) return index - base + k + 1;
    start = end + 1;
  }
  throw new RangeError(`index ${index} is outside of the document`);
}
