import { replicaId } from '@concord/crdt/core';
import type { Frame } from './frames.ts';

const replica = replicaId('00112233445566ff');
const version = new Map([
  [replica, 5],
  [replicaId('ffeeddccbbaa9988'), 300],
]);

/** One frame of each type and its bytes for ever: a client of today must read a relay of tomorrow. */
export const golden: readonly { readonly frame: Frame; readonly bytes: string }[] = [
  {
    frame: { type: 'hello', oldest: 1, newest: 1, replica, token: 'tk' },
    bytes: '01000000010100112233445566ff04746b',
  },
  { frame: { type: 'welcome', version: 1, session: 's1' }, bytes: '0101000001047331' },
  {
    frame: { type: 'join', handle: 1, room: 'docs/abc', epoch: 'e', version },
    bytes: '0102000110646f63732f6162630265140200112233445566ff05ffeeddccbbaa9988ac02',
  },
  {
    frame: { type: 'joined', handle: 1, epoch: 'e', role: 'editor', version },
    bytes: '01030001026502140200112233445566ff05ffeeddccbbaa9988ac02',
  },
  { frame: { type: 'caught-up', handle: 1 }, bytes: '01040001' },
  { frame: { type: 'leave', handle: 300 }, bytes: '010500ac02' },
  {
    frame: { type: 'ops', handle: 1, changes: [{ replica, from: 5, to: 7, bytes: Uint8Array.of(1, 2, 3) }] },
    bytes: '010600010100112233445566ff050203010203086d6ed8',
  },
  {
    frame: { type: 'ack', handle: 1, level: 'durable', version },
    bytes: '0107000102140200112233445566ff05ffeeddccbbaa9988ac02',
  },
  { frame: { type: 'gap', handle: 1, replica, expected: 7 }, bytes: '0108000100112233445566ff07' },
  { frame: { type: 'presence', handle: 1, state: Uint8Array.of(9) }, bytes: '010900010109' },
  {
    frame: { type: 'peer', handle: 1, replica, state: Uint8Array.of(9) },
    bytes: '010a000100112233445566ff010109',
  },
  { frame: { type: 'peer', handle: 1, replica, state: null }, bytes: '010a000100112233445566ff00' },
  { frame: { type: 'error', handle: 1, code: 'too-large', detail: 'no' }, bytes: '010b000102046e6f' },
  {
    frame: { type: 'fragment', total: 100_000, offset: 0, bytes: Uint8Array.of(1) },
    bytes: '010c0000a08d06000101',
  },
];
