import { type ComponentType, lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { lateWords } from '../i18n/words.ts';
import { whenIdle } from '../idle.ts';
import { ErrorBoundary } from './error-boundary.tsx';

/** A component in a chunk of its own. */
export type LazyView<P> = ComponentType<P> & {
  /** Fetches the chunk ahead of its need. Rejects if that cannot be done now. */
  readonly load: () => Promise<unknown>;
};

/**
 * A component in a chunk of its own, shown when its words are in the page's language. If the chunk cannot be fetched, or
 * the component fails, that is said in its place, with another try; the rest of the page goes on.
 */
export function lazyView<P extends object>(
  load: () => Promise<{ readonly default: ComponentType<P> }>,
): LazyView<P> {
  /** What came. It is shown in the very task that asks: React would let even a fetched chunk wait. */
  let ready: ComponentType<P> | null = null;
  const inWords = async (): Promise<{ readonly default: ComponentType<P> }> => {
    const chunk = await load();
    await lateWords();
    ready = chunk.default;
    return chunk;
  };
  // React keeps what it was told once, a failure too: another try is another component.
  let Part = lazy(inWords);
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module that names it
  function View(props: P) {
    const [Shown, show] = useState<ComponentType<P>>(() => ready ?? Part);
    const retry = (): void => {
      Part = lazy(inWords);
      show(() => Part);
    };
    return (
      <ErrorBoundary onRetry={retry}>
        <Shown {...props} />
      </ErrorBoundary>
    );
  }
  return Object.assign(View, { load: inWords });
}

/**
 * A view that is rendered from the first time that it is wanted on, and fetched ahead once the page has nothing better to do.
 * `onGiveUp`: the view is a dialog, and Escape was pressed before it was there. Until then the page below it hears no keys.
 */
export function WhenWanted({
  view: View,
  wanted,
  onGiveUp,
}: {
  view: LazyView<object>;
  wanted: boolean;
  onGiveUp?: () => void;
}) {
  const [used, setUsed] = useState(wanted);
  if (wanted && !used) setUsed(true);
  useEffect(() => whenIdle(() => void View.load().catch(() => undefined)), [View]);
  return used ? (
    <Suspense fallback={onGiveUp && wanted && <Awaited onGiveUp={onGiveUp} />}>
      <View />
    </Suspense>
  ) : null;
}

/** Stands where a dialog will. */
function Awaited({ onGiveUp }: { onGiveUp: () => void }) {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onGiveUp();
      if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [onGiveUp]);
  return null;
}
