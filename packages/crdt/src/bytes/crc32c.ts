/**
 * CRC-32C (Castagnoli), as in RFC 3720 appendix B.4: polynomial 0x1EDC6F41, reflected. Eight bytes a step with eight
 * tables (Kounavis and Berry 2005, "slicing-by-8"): table k holds what a byte does k bytes before the end.
 */
const tables = new Int32Array(8 * 256);
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
  for (const last = end - 8; i <= last; i += 8) {
    c ^=
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    c =
      (tables[1792 | (c & 0xff)] as number) ^
      (tables[1536 | ((c >>> 8) & 0xff)] as number) ^
      (tables[1280 | ((c >>> 16) & 0xff)] as number) ^
      (tables[1024 | (c >>> 24)] as number) ^
      (tables[768 | (bytes[i + 4] as number)] as number) ^
      (tables[512 | (bytes[i + 5] as number)] as number) ^
      (tables[256 | (bytes[i + 6] as number)] as number) ^
      (tables[bytes[i + 7] as number] as number);
  }
  for (; i < end; i++) c = (tables[(c ^ (bytes[i] as number)) & 0xff] as number) ^ ((c >>> 8) & 0xffffff);
  return ~c >>> 0;
}
