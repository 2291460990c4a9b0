import type { DialectName } from './dialects.ts';

/** What a work does; the numbers are counts unless they say otherwise. */
export type Work =
  /** Half of the connections share a room, the other half have one each: two equations for two costs. */
  | { readonly kind: 'idle'; readonly connections: number }
  | {
      readonly kind: 'traffic';
      readonly connections: number;
      /** Connections in one room, besides the one that filled it with a document. */
      readonly crowd: number;
      readonly sendsPerSecond: number;
      readonly seconds: number;
      /** Bytes of document in each room before anybody comes. Only sensible with few rooms. */
      readonly document: number;
    }
  | { readonly kind: 'joins'; readonly joins: number; readonly document: number }
  | { readonly kind: 'cycle'; readonly rooms: number; readonly atOnce: number }
  /** The server is killed and started again, and everybody comes back at once. */
  | { readonly kind: 'restart'; readonly connections: number; readonly crowd: number };

export interface Sizes {
  readonly small: Work;
  readonly full: Work;
  /** Who can take part. */
  readonly servers: readonly DialectName[];
}

const ALL = ['concord', 'hocuspocus', 'y-websocket', 'ws'] as const;
const MB = 1_000_000;

/** The works by name. `full` are the targets' sizes, `small` what tells a change within a minute or two. */
export const WORKS: Readonly<Record<string, Sizes>> = {
  idle: {
    small: { kind: 'idle', connections: 4_000 },
    full: { kind: 'idle', connections: 10_000 },
    servers: ALL,
  },
  'rooms-of-five': {
    small: { kind: 'traffic', connections: 1_000, crowd: 5, sendsPerSecond: 500, seconds: 5, document: 0 },
    full: { kind: 'traffic', connections: 5_000, crowd: 5, sendsPerSecond: 2_000, seconds: 20, document: 0 },
    servers: ALL,
  },
  'one-room-500': {
    small: { kind: 'traffic', connections: 100, crowd: 100, sendsPerSecond: 10, seconds: 5, document: MB },
    full: {
      kind: 'traffic',
      connections: 500,
      crowd: 500,
      sendsPerSecond: 10,
      seconds: 20,
      document: 4 * MB,
    },
    servers: ALL,
  },
  'joins-150': {
    small: { kind: 'joins', joins: 30, document: 4 * MB },
    full: { kind: 'joins', joins: 150, document: 20 * MB },
    servers: ALL,
  },
  durable: {
    small: { kind: 'traffic', connections: 100, crowd: 1, sendsPerSecond: 1_000, seconds: 5, document: 0 },
    full: { kind: 'traffic', connections: 500, crowd: 1, sendsPerSecond: 5_000, seconds: 20, document: 0 },
    // The others say nothing of disks.
    servers: ['concord', 'hocuspocus'],
  },
  'rooms-cycled': {
    small: { kind: 'cycle', rooms: 5_000, atOnce: 50 },
    full: { kind: 'cycle', rooms: 100_000, atOnce: 50 },
    servers: ALL,
  },
  restart: {
    small: { kind: 'restart', connections: 1_000, crowd: 5 },
    full: { kind: 'restart', connections: 5_000, crowd: 5 },
    // The others have nothing left.
    servers: ['concord'],
  },
};
