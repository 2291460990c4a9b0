import { useLayoutEffect, useRef } from 'react';
import { rowsWithout } from '../dnd/slots.ts';
import type { Drag } from '../store.ts';

/** Where the dragged block would land, and how deep. */
export function DropLine({ drag }: { drag: Drag }) {
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const others = rowsWithout(drag.rows, drag.id);
    const { gap, depth } = drag.slot;
    const find = (index: number): HTMLElement | null | undefined => {
      const id = others[index]?.block.id;
      return id === undefined
        ? null
        : line.current?.parentElement?.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"]`);
    };
    const below = find(gap);
    const above = find(gap - 1);
    const top = below ? below.offsetTop : above ? above.offsetTop + above.offsetHeight : 0;
    line.current?.style.setProperty('inset-block-start', `${top}px`);
    line.current?.style.setProperty('--cc-depth', String(depth));
  }, [drag]);
  return <div ref={line} className="cc-blocks-drop" aria-hidden="true" />;
}
