import type { Change, VersionVector } from './protocol/index.ts';

/** What tabs that share a store tell each other. */
export type TabMessage =
  /** A new tab says what it has; the others answer with what it lacks. */
  | { readonly type: 'hello'; readonly version: VersionVector }
  | { readonly type: 'changes'; readonly changes: readonly Change[] }
  /** The relay said that it has this on its disk. */
  | { readonly type: 'durable'; readonly epoch: string; readonly version: VersionVector }
  /** The user works offline, in all tabs of the document, or no longer. */
  | { readonly type: 'offline'; readonly value: boolean };

/** The line between the tabs of one browser that have one document open. */
export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

/** Opens the line called `name`. Messages come from other tabs only. */
export type TabsFactory = (name: string, receive: (message: TabMessage) => void) => TabChannel;

/** Over BroadcastChannel; silence where there is none. */
export const broadcastTabs: TabsFactory = (name, receive) => {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, close: () => {} };
  const channel = new BroadcastChannel(name);
  // Same origin, same code: only our own tabs can speak here.
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => receive(data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
};

/** Changes as a message: plain data, because a getter is not copied, and bytes of their own, because a view would be sent with all of its buffer. */
export function changesMessage(changes: readonly Change[]): TabMessage {
  return {
    type: 'changes',
    changes: changes.map(({ replica, from, to, bytes }) => ({ replica, from, to, bytes: bytes.slice() })),
  };
}
