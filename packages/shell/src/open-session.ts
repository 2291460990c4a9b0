import type { SchemaNode } from '@concord/crdt';
import {
  fallbackTransport,
  indexedDbStore,
  openSession,
  type Session,
  type SimulatedNetwork,
  simulatedNetwork,
  sseTransport,
  webSocketTransport,
} from '@concord/sync';
import { type Identity, identityNamespace } from './local/identity.ts';
import { currentToken } from './sharing/token.ts';

/** The way to the relay that served this page; for tests and the curious it can be made slow, lossy or dead. */
export const openNetwork = (): SimulatedNetwork =>
  simulatedNetwork(
    fallbackTransport([
      webSocketTransport(new URL('/ws', location.href.replace(/^http/, 'ws')).href),
      // Where a proxy blocks WebSockets.
      sseTransport(new URL('/sse', location.href).href),
    ]),
  );

type Where = {
  /** `<kind>/<id>` or its comments. */
  readonly room: string;
  /** The name in `?as=`: a person with stores of their own. */
  readonly as: string | null;
  readonly identity: Identity;
  readonly network: SimulatedNetwork;
  /** The token of the share link by which this user came. */
  readonly grant: string | null;
  /** The schema is only part of the document's. */
  readonly isVisit?: boolean;
};

/** Opens a room with this device's store and the page's network. */
export const openRoom = <S extends SchemaNode>(
  schema: S,
  { room, as, identity, network, grant, isVisit = false }: Where,
): Session<S> =>
  openSession({
    schema,
    room,
    store: indexedDbStore({ name: `concord${identityNamespace(as)}` }),
    transport: network.transport,
    identity,
    token: currentToken,
    ...(grant !== null && { grant }),
    isVisit,
  });
