import type { Status } from '@concord/sync';

export type Line = { readonly status: { get(): Status; subscribe(listener: () => void): () => void } };

/** Fetches a part of the app; where that fails, again whenever the connection has come back. */
export async function loadWhenLive<T>(line: Line, load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await comeback(line);
    }
  }
}

/** The next time that the line is live after it was not. */
function comeback({ status }: Line): Promise<void> {
  return new Promise((resolve) => {
    let wasAway = status.get().remote !== 'live';
    const stop = status.subscribe(() => {
      const isLive = status.get().remote === 'live';
      if (!isLive) wasAway = true;
      else if (wasAway) {
        stop();
        resolve();
      }
    });
  });
}
