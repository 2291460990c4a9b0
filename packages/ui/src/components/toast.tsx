import { X } from 'lucide-react';
import { Toast as Primitive } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { words } from '../words.ts';
import { IconButton } from './button.tsx';

export type ToastOptions = {
  title: string;
  description?: string;
  /** One thing to do about it, most often Undo. */
  action?: { label: string; onSelect: () => void };
  tone?: 'neutral' | 'danger';
  /** A new toast takes the place of the shown one with the same key. */
  key?: string;
  /** Milliseconds in view; 6,000 unless told. Hover and focus hold it. */
  duration?: number;
};

type Shown = ToastOptions & { readonly id: number };

/** More than this at once is noise: the oldest goes. */
const MOST_AT_ONCE = 3;

let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/**
 * Says that something happened, with at most one thing to do about it. A toast goes by itself, so it must never be
 * the only way to what it offers. Returns a function that takes it away.
 */
export function toast(options: ToastOptions): () => void {
  const id = nextId++;
  const others = shown.filter((each) => options.key === undefined || each.key !== options.key);
  set([...others, { ...options, id }].slice(-MOST_AT_ONCE));
  return () => set(shown.filter((each) => each.id !== id));
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where toasts appear; UiProvider renders it once. F8 moves the focus there. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  const dismiss = (id: number) => set(shown.filter((each) => each.id !== id));
  return (
    <Primitive.Provider label={words.notifications} swipeDirection="down">
      {toasts.map(({ id, title, description, action, tone = 'neutral', duration = 6000 }) => (
        <Primitive.Root
          key={id}
          className={`cc-toast cc-toast--${tone}`}
          duration={duration}
          onOpenChange={(open) => {
            if (!open) dismiss(id);
          }}
        >
          <div className="cc-toast__words">
            <Primitive.Title className="cc-toast__title">{title}</Primitive.Title>
            {description ? <Primitive.Description>{description}</Primitive.Description> : null}
          </div>
          {action ? (
            <Primitive.Action asChild altText={action.label}>
              <button type="button" className="cc-toast__action" onClick={action.onSelect}>
                {action.label}
              </button>
            </Primitive.Action>
          ) : null}
          <Primitive.Close asChild>
            <IconButton
              label={words.close}
              icon={<X />}
              size="small"
              tooltip={false}
              className="cc-toast__close"
            />
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="cc-toasts" />
    </Primitive.Provider>
  );
}
