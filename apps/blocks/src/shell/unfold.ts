import { flushSync } from 'react-dom';
import type { BlocksSession } from '../editing.ts';
import { pageOf } from '../page.ts';
import { fold, getState } from '../store.ts';

const rowOf = (id: string): Element | null => document.querySelector(`[data-block="${CSS.escape(id)}"]`);

/**
 * The row of the first of these blocks that stands on the page. The collapsed blocks above it are opened, for this reader
 * alone: to look is no change of the document.
 */
export function shownRow({ doc: { view } }: BlocksSession, ids: readonly string[]): Element | null {
  const { byId, trash } = pageOf(view);
  const trashed = new Set(trash.map(({ id }) => id));
  for (const id of ids) {
    if (!byId.has(id)) continue;
    const above: string[] = [];
    for (let at = view.tree.parent[id]; at !== undefined; at = view.tree.parent[at]) above.push(at);
    if ([id, ...above].some((each) => trashed.has(each))) continue;
    const closed = above.filter((each) => getState().folds.get(each) ?? byId.get(each)?.attrs.collapsed);
    if (closed.length > 0) flushSync(() => fold(closed, false));
    return rowOf(id);
  }
  return null;
}
