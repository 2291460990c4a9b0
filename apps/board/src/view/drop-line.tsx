import { useLayoutEffect, useRef } from 'react';
import { lineAt } from '../dnd/geometry.ts';
import { useStore } from '../store.ts';

/** The line in a list's cards that says where the dragged card would land. Put it last in the list. */
export function DropLine({ list }: { list: string }) {
  const index = useStore(({ drag }) =>
    drag?.kind === 'card' && drag.over?.parent === list ? drag.over.index : null,
  );
  const dragged = useStore((state) => state.drag?.id ?? '');
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const element = line.current;
    const parent = element?.parentElement;
    if (element && parent && index !== null)
      element.style.insetBlockStart = `${lineAt(parent, index, dragged)}px`;
  }, [index, dragged]);
  if (index === null) return null;
  return <li ref={line} className="cc-board-line" aria-hidden="true" />;
}
