import { type RefObject, useEffect, useState } from 'react';

/** How far from the screen a block already has its editor. */
const MARGIN = '900px';

const callbacks = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | null = null;

function observe(element: Element, callback: (near: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) callbacks.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  callbacks.set(element, callback);
  observer.observe(element);
  return () => {
    callbacks.delete(element);
    observer?.unobserve(element);
  };
}

/** Whether an element is on the screen or near it; `watch: false` stops the watching and says yes. */
export function useNear(element: RefObject<Element | null>, watch: boolean): boolean {
  const [near, setNear] = useState(!watch);
  useEffect(() => {
    if (watch && element.current) return observe(element.current, setNear);
    setNear(true);
    return undefined;
  }, [element, watch]);
  return near;
}
