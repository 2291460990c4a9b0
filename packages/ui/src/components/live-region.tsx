import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';

/** Milliseconds between two announcements: a screen reader needs time to finish a sentence. */
const PAUSE = 1500;
/** Waiting messages beyond this are old news. */
const MOST_WAITING = 3;

/**
 * Queues words for screen readers: at once when it is quiet, otherwise one per `pause`, the same words once,
 * and at most three waiting (the oldest go first).
 */
export function createAnnouncer(say: (text: string) => void, pause = PAUSE) {
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const next = (): void => {
    const text = waiting.shift();
    timer = text === undefined ? null : setTimeout(next, pause);
    if (text !== undefined) say(text);
  };
  return (text: string): void => {
    if (waiting.includes(text)) return;
    waiting = [...waiting, text].slice(-MOST_WAITING);
    if (timer === null) next();
  };
}

let spoken = { text: '', turn: 0 };
const listeners = new Set<() => void>();

/** Tells screen readers something, politely: it waits for a pause and never takes the focus. */
export const announce = createAnnouncer((text) => {
  spoken = { text, turn: spoken.turn + 1 };
  for (const listener of listeners) listener();
});

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where announcements are spoken; UiProvider renders it once. */
export function LiveRegion() {
  const { text, turn } = useSyncExternalStore(subscribe, () => spoken);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A screen reader speaks on change; a trailing no-break space makes equal sentences differ.
    if (region.current) region.current.textContent = turn % 2 === 0 ? text : `${text}\u00a0`;
  }, [text, turn]);
  return <div ref={region} className="cc-hidden" aria-live="polite" aria-atomic="true" />;
}

/** Words for screen readers only. */
export const VisuallyHidden = ({ children }: { children: ReactNode }) => (
  <span className="cc-hidden">{children}</span>
);
