import { type ComponentProps, type Ref, useEffect, useLayoutEffect, useState } from 'react';
import type { Lent } from './contract.ts';

type BorrowedProps = Omit<ComponentProps<'button'>, 'ref'> & {
  lent: Lent;
  ref?: Ref<HTMLElement>;
};

/** Taken over from what a primitive wants its trigger to be. */
const ATTRIBUTE = /^(aria-|data-state$)/;

/**
 * Stands in for a trigger: puts what a primitive gives to its trigger (handlers, states, its ref) onto an element that
 * is already on the page. Renders nothing.
 */
export function Borrowed({ lent, ref, id, ...props }: BorrowedProps) {
  const { element, missed } = lent;
  /** What the element's attributes are without this. */
  const [own] = useState(() => new Map<string, string | null>());
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const stop = new AbortController();
    for (const [name, value] of Object.entries(props)) {
      if (typeof value === 'function')
        target.addEventListener(name.slice(2).toLowerCase(), value, { signal: stop.signal });
      else if (value !== undefined && ATTRIBUTE.test(name)) {
        if (!own.has(name)) own.set(name, target.getAttribute(name));
        target.setAttribute(name, String(value));
      }
    }
    for (const [name, value] of own) {
      if (props[name as keyof typeof props] === undefined) give(target, name, value);
    }
    if (id && target.id === '') target.id = id;
    return () => stop.abort();
  });
  useLayoutEffect(() => {
    const target = element.current;
    if (typeof ref === 'function') {
      const clean = ref(target);
      return () => {
        if (typeof clean === 'function') clean();
        else ref(null);
      };
    }
    if (ref) ref.current = target;
    return () => {
      if (ref) ref.current = null;
    };
  }, [element, ref]);
  useLayoutEffect(() => {
    const target = element.current;
    return () => {
      for (const [name, value] of own) if (target) give(target, name, value);
      own.clear();
    };
  }, [element, own]);
  useEffect(() => {
    const events = missed.current ?? [];
    missed.current = null;
    // Later than the effects of the primitive around this: it has listeners of its own.
    const timer = setTimeout(() => {
      for (const event of events) element.current?.dispatchEvent(again(event));
    });
    return () => {
      clearTimeout(timer);
      missed.current ??= [];
    };
  }, [element, missed]);
  return null;
}

function give(target: Element, name: string, value: string | null): void {
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** The same event for the element alone: everybody above it has heard the first. */
function again(event: Event): Event {
  const { ctrlKey = false, button = 0, clientX = 0, clientY = 0, pointerId = 0 } = event as PointerEvent;
  const { key = '', pointerType = '' } = event as KeyboardEvent & PointerEvent;
  const init = { cancelable: true, ctrlKey, button, clientX, clientY, pointerId, pointerType, key };
  const Same = event.constructor as new (type: string, init: EventInit) => Event;
  return new Same(event.type, init);
}
