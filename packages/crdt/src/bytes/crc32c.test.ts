import { expect, it } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { crc32c } from './crc32c.ts';

it('is CRC-32C: the examples of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i))).toBe(0x113fdb5c);
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});

it('is what one byte after the other gives, at any place and length', () => {
  const random = seededRandom(1);
  const bytes = Uint8Array.from({ length: 300 }, () => random.int(256));
  for (let n = 0; n < 500; n++) {
    const start = random.int(300);
    const end = start + random.int(301 - start);
    expect(crc32c(bytes, start, end)).toBe(slow(bytes.subarray(start, end)));
  }
});

function slow(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}
