import { useRef, useSyncExternalStore } from 'react';

export type Equality<T> = (one: T, other: T) => boolean;

/** Equal if both hold the same members: for small objects and lists that a selector makes afresh. */
export function shallowEqual<T>(one: T, other: T): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && Object.is(Reflect.get(one, key), Reflect.get(other, key)),
    )
  );
}

/**
 * What `read` gives, read again whenever `subscribe` calls. While the new value is `equal` to the one before, the old
 * one is kept, so that a `read` that makes a fresh object neither loops nor renders again.
 */
export function useSnapshot<T>(
  subscribe: (listener: () => void) => () => void,
  read: () => T,
  equal: Equality<T> = Object.is,
): T {
  const last = useRef<{ value: T } | null>(null);
  const snapshot = (): T => {
    const value = read();
    if (last.current === null || !equal(last.current.value, value)) last.current = { value };
    return last.current.value;
  };
  return useSyncExternalStore(subscribe, snapshot);
}
