import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../testing/random.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import type { Frame } from './frames.ts';
import { golden } from './golden.ts';
import {
  Assembler,
  DecodeError,
  MAX_FRAGMENT,
  MAX_MESSAGE,
  MAX_SNAPSHOT,
  opsPackets,
  packBody,
  packets,
  replicaId,
  retryAfter,
  retryReason,
  unpackBody,
} from './index.ts';

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const replica = replicaId('00112233445566ff');

describe('frames on the wire', () => {
  const vectors = ([1, 2] as const).flatMap((version) => golden[version].map((g) => ({ version, ...g })));
  it.each(vectors)('[P1] $frame.type of version $version keeps its bytes', ({ version, frame, bytes }) => {
    expect(hex(encodeFrame(frame, version))).toBe(bytes);
    expect(decodeFrame(encodeFrame(frame, version))).toEqual(frame);
  });

  it('[P8] HELLO is the same for ever, so that who speaks only version 1 can read it', () => {
    for (const version of [1, 2]) {
      const hello = encodeFrame({ type: 'hello', oldest: 1, newest: 2, replica, token: null }, version);
      expect(hello[0]).toBe(1);
    }
  });

  it('[P9] what version 1 has no word for is not sent there; a refusal has one in both', () => {
    const role: Frame = { type: 'role', handle: 1, role: 'viewer' };
    expect(packets(role, 1)).toEqual([]);
    expect(packets(role, 2)).toHaveLength(1);
    expect(() => encodeFrame(role, 1)).toThrow(RangeError);
    const epoch: Frame = { type: 'reject', handle: 1, detail: 'gone', code: 'epoch', culprit: null };
    expect(packets(epoch, 1).map((bytes) => decodeFrame(bytes))).toEqual([{ ...epoch, code: 'invalid' }]);
    // Version 2's types under version 1's number, and the other way round.
    for (const [version, other] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const only = golden[version].filter(({ frame }) =>
        version === 2 ? packets(frame, 1).length === 0 : frame.type === 'reject',
      );
      expect(only.length).toBeGreaterThan(2);
      for (const { frame } of only) {
        const bytes = encodeFrame(frame, version);
        bytes[0] = other;
        expect(() => decodeFrame(bytes), frame.type).toThrow(DecodeError);
      }
    }
  });

  it('[P2] refuses a changed byte of a snapshot', () => {
    const bytes = encodeFrame({
      type: 'snapshot',
      handle: 1,
      version: new Map([[replica, 3]]),
      stateHash: 'abc',
      bytes: new Uint8Array(20),
    });
    for (let i = 4; i < bytes.length; i++) {
      const broken = bytes.slice();
      broken[i] = (broken[i] as number) ^ 1;
      expect(() => decodeFrame(broken), `byte ${i}`).toThrow(DecodeError);
    }
  });

  it('[P2] refuses a changed byte of a change', () => {
    const frame: Frame = {
      type: 'ops',
      handle: 1,
      changes: [{ replica, from: 0, to: 1, bytes: new Uint8Array(20) }],
    };
    const bytes = encodeFrame(frame);
    for (let i = 5; i < bytes.length; i++) {
      const broken = bytes.slice();
      broken[i] = (broken[i] as number) ^ 1;
      expect(() => decodeFrame(broken)).toThrow(DecodeError);
    }
  });

  it('[P3] only ever throws DecodeError, whatever comes', () => {
    const seed = Number(process.env.FUZZ_SEED ?? 1);
    const random = mulberry32(seed);
    const corpus = vectors.map(({ version, frame }) => encodeFrame(frame, version));
    for (let n = 0; n < 30_000; n++) {
      let bytes: Uint8Array = (corpus[Math.floor(random() * corpus.length)] as Uint8Array).slice();
      for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) bytes = mutate(bytes, random);
      try {
        const frame = decodeFrame(bytes);
        // What is accepted means the same when written again.
        const version = bytes[0] as number;
        const again = encodeFrame(frame, version);
        expect(hex(encodeFrame(decodeFrame(again), version)), `seed ${seed}, case ${n}`).toBe(hex(again));
      } catch (error) {
        if (!(error instanceof DecodeError))
          throw new Error(`seed ${seed}, case ${n}: ${hex(bytes)}`, { cause: error });
      }
    }
  });
});

describe('fragments', () => {
  const big = { replica, from: 3, to: 900, bytes: new Uint8Array(300_000).fill(7) };

  it('[P4] a large change travels in pieces of at most MAX_FRAGMENT', () => {
    const sent = opsPackets(2, [{ ...big, from: 0, to: 3, bytes: new Uint8Array(9) }, big]);
    expect(Math.max(...sent.map((p) => p.length))).toBeLessThanOrEqual(MAX_FRAGMENT);
    const assembler = new Assembler();
    const frames = sent.flatMap((packet) => assembler.take(packet) ?? []);
    expect(frames).toHaveLength(2);
    expect(frames[1]).toEqual({ type: 'ops', handle: 2, changes: [big] });
  });

  it('[P5] refuses a declared size beyond the limit, and pieces out of place', () => {
    const piece = (total: number, offset: number, length: number) =>
      encodeFrame({ type: 'fragment', total, offset, bytes: new Uint8Array(length) });
    expect(() => new Assembler().take(piece(MAX_MESSAGE + 1, 0, 10))).toThrow(DecodeError);
    expect(() => new Assembler().take(piece(100, 10, 10))).toThrow(DecodeError);
    expect(() => new Assembler().take(piece(5, 0, 10))).toThrow(DecodeError);
    const assembler = new Assembler();
    assembler.take(piece(100, 0, 10));
    expect(() => assembler.take(piece(101, 10, 10))).toThrow(DecodeError);
  });

  it('[P7] holds the bytes of small pieces, not the packets that they came in', () => {
    const whole = encodeFrame({
      type: 'ops',
      handle: 1,
      changes: [{ ...big, bytes: new Uint8Array(500).fill(7) }],
    });
    const assembler = new Assembler();
    const frames = Array.from(whole, (_, offset) => {
      const bytes = whole.subarray(offset, offset + 1);
      const packet = encodeFrame({ type: 'fragment', total: whole.length, offset, bytes });
      const frame = assembler.take(packet);
      packet.fill(0);
      return frame;
    });
    expect(frames.filter(Boolean)).toEqual([decodeFrame(whole)]);
  });

  it('[P6] refuses to send what no receiver takes', () => {
    const changes = [{ ...big, bytes: new Uint8Array(MAX_SNAPSHOT) }];
    expect(() => packets({ type: 'ops', handle: 1, changes })).toThrow(RangeError);
  });

  it('[P10] a receiver has a limit for messages and another for snapshots, told by the first bytes', () => {
    const start = (frame: Frame) => encodeFrame(frame).subarray(0, 2);
    const ops = start({ type: 'ops', handle: 1, changes: [] });
    const snapshot = start({
      type: 'snapshot',
      handle: 1,
      version: new Map(),
      stateHash: '',
      bytes: new Uint8Array(0),
    });
    const take = (assembler: Assembler, bytes: Uint8Array, total: number) => () => {
      const [a, b] = [bytes.subarray(0, 1), bytes.subarray(1)];
      assembler.take(encodeFrame({ type: 'fragment', total, offset: 0, bytes: a }));
      assembler.take(encodeFrame({ type: 'fragment', total, offset: 1, bytes: b }));
    };
    const over = MAX_MESSAGE + 1;
    expect(take(new Assembler(), ops, MAX_MESSAGE)).not.toThrow();
    expect(take(new Assembler({ snapshot: MAX_SNAPSHOT }), ops, over)).toThrow(DecodeError);
    expect(take(new Assembler({ message: over }), ops, over)).not.toThrow();
    expect(take(new Assembler(), snapshot, 100)).toThrow(DecodeError);
    const asked = new Assembler();
    asked.snapshotLimit = MAX_SNAPSHOT;
    expect(take(asked, snapshot, over)).not.toThrow();
    expect(() =>
      new Assembler().take(
        encodeFrame({ type: 'snapshot', handle: 1, version: new Map(), stateHash: '', bytes: ops }),
      ),
    ).toThrow(DecodeError);
  });
});

describe('around the frames', () => {
  it('[P11] a body of packets is read back whole, and refused when torn or with a size beyond the limit', () => {
    const sent = [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(300).fill(7)];
    const body = packBody(sent);
    expect(unpackBody(body)).toEqual(sent);
    for (const length of [1, 3, 6, body.length - 1])
      expect(() => unpackBody(body.subarray(0, length))).toThrow(DecodeError);
    expect(() => unpackBody(Uint8Array.of(255, 255, 255, 255))).toThrow(DecodeError);
  });

  it('[P12] a close tells when to come back', () => {
    expect(retryAfter(retryReason(1_500, 'restarting'))).toBe(1_500);
    expect([retryAfter('2 days'), retryAfter('restart'), retryAfter(''), retryAfter('99999999')]).toEqual([
      2,
      null,
      null,
      3_600_000,
    ]);
  });
});

function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const out = bytes.slice();
  switch (Math.floor(random() * 4)) {
    case 0:
      out[at] = Math.floor(random() * 256);
      return out;
    case 1:
      return out.subarray(0, at);
    case 2:
      return Uint8Array.from([...bytes.subarray(0, at), Math.floor(random() * 256), ...bytes.subarray(at)]);
    default:
      out.fill(random() < 0.5 ? 0 : 255, at, at + 1 + Math.floor(random() * 8));
      return out;
  }
}
