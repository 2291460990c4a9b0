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
    if (index === null) return;
    let frame = 0;
    // Every frame: cards take their real height only when they come into view, and then all below them move.
    const place = (): void => {
      const list = line.current?.parentElement;
      if (line.current && list) line.current.style.insetBlockStart = `${lineAt(list, index, dragged)}px`;
      frame = requestAnimationFrame(place);
    };
    place();
    return () => cancelAnimationFrame(frame);
  }, [index, dragged]);
  if (index === null) return null;
  return <li ref={line} className="cc-board-line" aria-hidden="true" />;
}
