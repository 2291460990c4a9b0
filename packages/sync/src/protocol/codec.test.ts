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
  opsPackets,
  packets,
  replicaId,
} from './index.ts';

const hex = (bytes: Uint8Array) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
const replica = replicaId('00112233445566ff');

describe('frames on the wire', () => {
  it.each(golden)('[P1] $frame.type keeps its bytes', ({ frame, bytes }) => {
    expect(hex(encodeFrame(frame))).toBe(bytes);
    expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
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
    const corpus = golden.map(({ frame }) => encodeFrame(frame));
    for (let n = 0; n < 30_000; n++) {
      let bytes: Uint8Array = (corpus[Math.floor(random() * corpus.length)] as Uint8Array).slice();
      for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) bytes = mutate(bytes, random);
      try {
        const frame = decodeFrame(bytes);
        // What is accepted means the same when written again.
        const again = encodeFrame(frame);
        expect(hex(encodeFrame(decodeFrame(again))), `seed ${seed}, case ${n}`).toBe(hex(again));
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
    const frame: Frame = {
      type: 'ops',
      handle: 1,
      changes: [{ ...big, bytes: new Uint8Array(MAX_MESSAGE) }],
    };
    expect(() => packets(frame)).toThrow(RangeError);
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
