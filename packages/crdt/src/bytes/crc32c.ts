/**
 * CRC-32C (Castagnoli), as in RFC 3720 appendix B.4: polynomial 0x1EDC6F41, reflected. Sixteen bytes a step with sixteen
 * tables (Kounavis and Berry 2005, "slicing-by-8", doubled): table k holds what a byte does k bytes before the end.
 */
const STEP = 16;
/** Below this many bytes, a frame's rather than a file's, a view of them costs more than the long steps save. */
const LONG = 64;
const tables = new Int32Array(STEP * 256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1;
  tables[n] = c;
}
for (let n = 256; n < tables.length; n++) {
  const c = tables[n - 256] as number;
  tables[n] = (tables[c & 0xff] as number) ^ (c >>> 8);
}

/** The checksum of `bytes[start, end)` as an unsigned 32-bit integer. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let c = -1;
  let i = start;
  if (end - start >= LONG) {
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // Written out: a file is checked before any of this is compiled.
    for (const last = end - STEP; i <= last; i += STEP) {
      const w0 = words.getInt32(i, true) ^ c;
      const w1 = words.getInt32(i + 4, true);
      const w2 = words.getInt32(i + 8, true);
      const w3 = words.getInt32(i + 12, true);
      c =
        (tables[3840 + (w0 & 0xff)] as number) ^
        (tables[3584 + ((w0 >>> 8) & 0xff)] as number) ^
        (tables[3328 + ((w0 >>> 16) & 0xff)] as number) ^
        (tables[3072 + (w0 >>> 24)] as number) ^
        (tables[2816 + (w1 & 0xff)] as number) ^
        (tables[2560 + ((w1 >>> 8) & 0xff)] as number) ^
        (tables[2304 + ((w1 >>> 16) & 0xff)] as number) ^
        (tables[2048 + (w1 >>> 24)] as number) ^
        (tables[1792 + (w2 & 0xff)] as number) ^
        (tables[1536 + ((w2 >>> 8) & 0xff)] as number) ^
        (tables[1280 + ((w2 >>> 16) & 0xff)] as number) ^
        (tables[1024 + (w2 >>> 24)] as number) ^
        (tables[768 + (w3 & 0xff)] as number) ^
        (tables[512 + ((w3 >>> 8) & 0xff)] as number) ^
        (tables[256 + ((w3 >>> 16) & 0xff)] as number) ^
        (tables[w3 >>> 24] as number);
    }
  }
  for (; i < end; i++) c = (tables[(c ^ (bytes[i] as number)) & 0xff] as number) ^ (c >>> 8);
  return ~c >>> 0;
}
