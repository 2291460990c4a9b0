export type { Refusal } from './client-types.ts';
export type { Clock } from './clock.ts';
export type { TokenSource } from './line.ts';
export type { RoundTrip } from './line-health.ts';
export type { Identity, Peer, Presence } from './presence.ts';
export type { Problem } from './problem.ts';
export { openSession, type Session, type SessionOptions } from './session.ts';
export type { Badge, Status } from './status.ts';
export type { RoomStore, Store, StoredRoom } from './store.ts';
export { indexedDbStore } from './stores/indexed-db.ts';
export { memoryStore } from './stores/memory.ts';
export type { TabChannel, TabMessage, TabsFactory } from './tabs.ts';
export type { Transport, TransportEvents, TransportFactory } from './transport.ts';
export { fallbackTransport } from './transports/fallback.ts';
export { type Accept, type MemoryLine, memoryNetwork } from './transports/memory.ts';
export {
  type NetworkCondition,
  type NetworkName,
  networks,
  type SimulatedNetwork,
  type SimulatedNetworkOptions,
  simulatedNetwork,
} from './transports/simulated-network.ts';
export { sseTransport } from './transports/sse.ts';
export { webSocketTransport } from './transports/web-socket.ts';
