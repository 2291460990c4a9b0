import type { Doc, SchemaNode, View } from '@concord/crdt';
import { useCallback, useRef } from 'react';
import { type Equality, useSnapshot } from './use-snapshot.ts';

/** What the document hooks need of a session. */
export type DocSource<S extends SchemaNode> = { readonly doc: Doc<S> };

/**
 * The document as immutable data, or the part that `select` picks; renders again only when that part is another
 * value. Views share structure, so picking an existing part needs no `equal`; a selector that builds a new list or
 * object takes `shallowEqual`.
 */
export function useView<S extends SchemaNode, T = View<S>>(
  { doc }: DocSource<S>,
  select?: (view: View<S>) => T,
  equal?: Equality<T>,
): T {
  const subscribe = useCallback((listener: () => void) => doc.subscribe(listener), [doc]);
  // One selection per view: the same view is never selected from twice, even by a selector written inline.
  const last = useRef<{ view: View<S>; select: typeof select; value: T } | null>(null);
  const read = (): T => {
    const view = doc.view;
    if (last.current !== null && last.current.view === view && last.current.select === select)
      return last.current.value;
    const value = select ? select(view) : (view as T); // without a selector T is the view itself
    last.current = { view, select, value };
    return value;
  };
  return useSnapshot(subscribe, read, equal);
}
