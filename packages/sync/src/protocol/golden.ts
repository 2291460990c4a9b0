import { replicaId } from '@concord/crdt/core';
import type { Frame, Handle } from './frames.ts';

const replica = replicaId('00112233445566ff');
const version = new Map([
  [replica, 5],
  [replicaId('ffeeddccbbaa9988'), 300],
]);

const limits = { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 };
const handle: Handle = 1;
const reject = { type: 'reject', handle, detail: 'no' } as const;
const culprit = { replica, from: 7 };
const state = Uint8Array.of(9);
const stateHash = '0123456789abcdef';

/** Frames and their bytes for ever, by version: a client of today must read a relay of tomorrow. */
export const golden: Readonly<Record<1 | 2, readonly { readonly frame: Frame; readonly bytes: string }[]>> = {
  1: [
    {
      frame: { type: 'hello', oldest: 1, newest: 1, replica, token: 'tk' },
      bytes: '01000000010100112233445566ff04746b',
    },
    {
      frame: { type: 'welcome', version: 1, session: 's1', limits, user: null, expires: null },
      bytes: '0101000001047331',
    },
    {
      frame: { type: 'join', handle, room: 'docs/abc', epoch: 'e', version },
      bytes: '0102000110646f63732f6162630265140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    {
      frame: { type: 'joined', handle, epoch: 'e', role: 'editor', version, head: 0 },
      bytes: '01030001026502140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    { frame: { type: 'caught-up', handle }, bytes: '01040001' },
    { frame: { type: 'leave', handle: 300 }, bytes: '010500ac02' },
    {
      frame: { type: 'ops', handle, changes: [{ replica, from: 5, to: 7, bytes: Uint8Array.of(1, 2, 3) }] },
      bytes: '010600010100112233445566ff050203010203086d6ed8',
    },
    {
      frame: { type: 'ack', handle, level: 'durable', version },
      bytes: '0107000102140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    {
      frame: { ...reject, detail: '', code: 'gap', replica, expected: 7 },
      bytes: '0108000100112233445566ff07',
    },
    { frame: { type: 'presence', handle, state }, bytes: '010900010109' },
    {
      frame: { type: 'peer', handle, replica, user: null, state },
      bytes: '010a000100112233445566ff010109',
    },
    {
      frame: { type: 'peer', handle, replica, user: null, state: null },
      bytes: '010a000100112233445566ff00',
    },
    { frame: { ...reject, code: 'too-large', culprit: null }, bytes: '010b000102046e6f' },
    { frame: { ...reject, code: 'rate', retryAfter: 1_000 }, bytes: '010b000103046e6f' },
    {
      frame: { type: 'fragment', total: 100_000, offset: 0, bytes: Uint8Array.of(1) },
      bytes: '010c0000a08d06000101',
    },
  ],
  2: [
    {
      frame: { type: 'hello', oldest: 1, newest: 2, replica, token: null },
      bytes: '01000000010200112233445566ff00',
    },
    {
      frame: {
        type: 'welcome',
        version: 2,
        session: 's1',
        limits: { frame: 262_144, message: 8_388_608, changes: 500, bytes: 1_000_000, presence: 20 },
        user: 'ana',
        expires: 1_700_000_000_000,
      },
      bytes: '020100000204733180801080808004f403c0843d140106616e610180d095ffbc31',
    },
    {
      frame: { type: 'welcome', version: 2, session: 's1', limits, user: null, expires: null },
      bytes: '020100000204733100000000000000',
    },
    {
      frame: {
        type: 'join',
        handle,
        room: 'docs/abc#comments',
        epoch: 'e',
        version,
        grant: 'g',
        capabilities: 3,
      },
      bytes:
        '0202000122646f63732f61626323636f6d6d656e74730265140200112233445566ff05ffeeddccbbaa9988ac02026703',
    },
    {
      frame: { type: 'joined', handle, epoch: 'e', role: 'commenter', version, head: 300 },
      bytes: '02030001026501140200112233445566ff05ffeeddccbbaa9988ac02ac02',
    },
    { frame: { type: 'caught-up', handle }, bytes: '02040001' },
    { frame: { type: 'leave', handle: 300 }, bytes: '020500ac02' },
    {
      frame: { type: 'ops', handle, changes: [{ replica, from: 5, to: 7, bytes: Uint8Array.of(1, 2, 3) }] },
      bytes: '020600010100112233445566ff050203010203086d6ed8',
    },
    {
      frame: { type: 'ack', handle, level: 'received', version },
      bytes: '0207000100140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    {
      frame: { type: 'ack', handle, level: 'edge', version },
      bytes: '0207000101140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    { frame: { ...reject, code: 'gap', replica, expected: 7 }, bytes: '020d000100046e6f00112233445566ff07' },
    { frame: { ...reject, code: 'rate', retryAfter: 1_500 }, bytes: '020d000101046e6fdc0b' },
    { frame: { ...reject, code: 'forbidden', culprit: null }, bytes: '020d000102046e6f00' },
    { frame: { ...reject, code: 'invalid', culprit }, bytes: '020d000103046e6f0100112233445566ff07' },
    { frame: { ...reject, code: 'too-large', culprit }, bytes: '020d000104046e6f0100112233445566ff07' },
    { frame: { ...reject, code: 'epoch', culprit: null }, bytes: '020d000105046e6f00' },
    { frame: { ...reject, code: 'not-joined', culprit: null }, bytes: '020d000106046e6f00' },
    { frame: { type: 'role', handle, role: 'viewer' }, bytes: '020e00010100' },
    { frame: { type: 'role', handle, role: null }, bytes: '020e000100' },
    { frame: { type: 'auth-refresh', token: 'tk' }, bytes: '020f000004746b' },
    {
      frame: { type: 'auth', user: 'ana', expires: 1_700_000_000_000, warn: true },
      bytes: '021000000106616e610180d095ffbc3101',
    },
    {
      frame: { type: 'want-snapshot', handle, want: 'snapshot', version },
      bytes: '0211000100140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    {
      frame: { type: 'want-snapshot', handle, want: 'hash', version },
      bytes: '0211000101140200112233445566ff05ffeeddccbbaa9988ac02',
    },
    {
      frame: { type: 'snapshot', handle, version, stateHash, bytes: Uint8Array.of(1, 2, 3) },
      bytes:
        '02120001140200112233445566ff05ffeeddccbbaa9988ac02203031323334353637383961626364656603010203be209ddf',
    },
    {
      frame: { type: 'attest', handle, version, stateHash },
      bytes: '02130001140200112233445566ff05ffeeddccbbaa9988ac022030313233343536373839616263646566',
    },
    { frame: { type: 'presence', handle, state }, bytes: '020900010109' },
    {
      frame: { type: 'peer', handle, replica, user: 'ana', state },
      bytes: '020a000100112233445566ff0106616e61010109',
    },
    {
      frame: { type: 'peer', handle, replica, user: null, state: null },
      bytes: '020a000100112233445566ff0000',
    },
    {
      frame: { type: 'fragment', total: 100_000, offset: 0, bytes: Uint8Array.of(1) },
      bytes: '020c0000a08d06000101',
    },
  ],
};
