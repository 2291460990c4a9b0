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
export function useView<S extends SchemaNode>(source: DocSource<S>): View<S>;
export function useView<S extends SchemaNode, T>(
  source: DocSource<S>,
  select: (view: View<S>) => T,
  equal?: Equality<T>,
): T;
export function useView<S extends SchemaNode, T>(
  { doc }: DocSource<S>,
  select?: (view: View<S>) => T,
  equal?: Equality<View<S> | T>,
): View<S> | T {
  const subscribe = useCallback((listener: () => void) => doc.subscribe(listener), [doc]);
  // One selection per view: the same view is never selected from twice, even by a selector written inline.
  const last = useRef<{ view: View<S>; select: typeof select; value: View<S> | T } | null>(null);
  const read = (): View<S> | T => {
    const view = doc.view;
    if (last.current?.view !== view || last.current.select !== select)
      last.current = { view, select, value: select ? select(view) : view };
    return last.current.value;
  };
  return useSnapshot(subscribe, read, equal);
}
