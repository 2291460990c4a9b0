import { object, set } from '@concord/crdt';
import { memoryStore, openSession, type Session, webSocketTransport } from '@concord/sync';

export const schema = object({ words: set<string>() });

/** A session over a real WebSocket, with its store in memory. */
export function connect(url: string, room: string, name = 'someone'): Session<typeof schema> {
  return openSession({
    schema,
    room,
    store: memoryStore(),
    transport: webSocketTransport(`${url.replace('http', 'ws')}/ws`),
    identity: { name, colour: 0 },
  });
}

/** Resolves when `isSo`, looked at whenever `subscribe` tells of a change. */
export function until(
  isSo: () => boolean,
  ...subscribe: ((listener: () => void) => () => void)[]
): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const look = (): void => {
      if (!isSo()) return;
      for (const stop of stops.splice(0)) stop();
      resolve();
    };
    for (const on of subscribe) stops.push(on(look));
    look();
  });
}

/** Resolves when the room is caught up and nothing waits. */
export function saved(session: Session<typeof schema>): Promise<void> {
  return until(
    () => session.status.get().badge === 'saved' && session.status.get().remote === 'live',
    session.status.subscribe,
  );
}
