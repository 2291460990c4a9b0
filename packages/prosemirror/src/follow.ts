import type { TextPatch, TextSpan } from '@concord/crdt';

/** A block's content [start, end); its marker is at `start - 1`. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Where a block is after `patches`, or null if one of them touches it. */
export function follow({ start, end }: Bounds, patches: readonly TextPatch[]): Bounds | null {
  let shift = 0;
  for (const patch of patches) {
    const from = start + shift;
    const to = end + shift;
    const { index } = patch;
    if (patch.type === 'insert') {
      if (index >= from && index <= to) return null;
      if (index < from) shift += width(patch.spans);
    } else if (patch.type === 'delete') {
      // Deleting the next block's marker, at `to`, appends its text here.
      if (index + patch.count >= from && index <= to) return null;
      if (index < from) shift -= patch.count;
    } else if (patch.type === 'mark') {
      if (index < to && index + patch.count > from) return null;
    } else if (index >= from - 1 && index < to) {
      return null;
    }
  }
  return { start: start + shift, end: end + shift };
}

/** Where the element at `index` is after `patches`, or null if one of them deletes it. */
export function followIndex(index: number, patches: readonly TextPatch[]): number | null {
  let at = index;
  for (const patch of patches) {
    if (patch.type === 'insert') {
      if (patch.index <= at) at += width(patch.spans);
    } else if (patch.type === 'delete') {
      if (at >= patch.index && at < patch.index + patch.count) return null;
      if (at >= patch.index) at -= patch.count;
    }
  }
  return at;
}

/** How many elements there are. */
export const width = (spans: readonly TextSpan[]): number =>
  spans.reduce((sum, span) => sum + (span.type === 'text' ? span.text.length : 1), 0);
