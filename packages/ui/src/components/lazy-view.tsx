import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
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
  const inWords = async (): Promise<{ readonly default: ComponentType<P> }> => {
    const chunk = await load();
    await lateWords();
    return chunk;
  };
  // React keeps what it was told once, a failure too: another try is another component.
  let Part = lazy(inWords);
  // biome-ignore lint/correctness/noComponentHookFactories: made once, with the module that names it
  function View(props: P) {
    const [, setTries] = useState(0);
    const retry = (): void => {
      Part = lazy(inWords);
      setTries((tries) => tries + 1);
    };
    return (
      <ErrorBoundary onRetry={retry}>
        <Part {...props} />
      </ErrorBoundary>
    );
  }
  return Object.assign(View, { load });
}

/** A view that is rendered from the first time that it is wanted on, and fetched ahead once the page has nothing better to do. */
export function WhenWanted({ view: View, wanted }: { view: LazyView<object>; wanted: boolean }) {
  const [used, setUsed] = useState(wanted);
  if (wanted && !used) setUsed(true);
  useEffect(() => whenIdle(() => void View.load().catch(() => undefined)), [View]);
  return used ? (
    <Suspense>
      <View />
    </Suspense>
  ) : null;
}
