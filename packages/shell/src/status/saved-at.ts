import type { Session, Status } from '@concord/sync';

type Watched = { readonly status: Pick<Session<never>['status'], 'get' | 'subscribe'> };

const times = new WeakMap<object, number>();

const isComplete = ({ remote, waiting }: Status): boolean => remote === 'live' && waiting === 0;

/** Notes from now on when everything of a session was last on the relay's disk. Returns the way to stop. */
export function watchSaved(session: Watched, now: () => number = Date.now): () => void {
  const note = (): void => {
    if (isComplete(session.status.get())) times.set(session, now());
  };
  note();
  return session.status.subscribe(note);
}

/** When everything was last on the relay's disk: now, while it is; null if it was not since the page was opened. */
export const savedAt = (session: Watched, now: () => number = Date.now): number | null =>
  isComplete(session.status.get()) ? now() : (times.get(session) ?? null);
