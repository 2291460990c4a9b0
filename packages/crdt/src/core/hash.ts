/**
 * A 64-bit hash of bytes (two 32-bit lanes of MurmurHash3's finaliser over FNV-1a steps) as 16 hexadecimal digits.
 * It detects divergence between honest replicas; it is no defence against a forger.
 */
export function hash64(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return hex(mix(a ^ bytes.length)) + hex(mix(b ^ a));
}

function mix(h: number): number {
  let x = h;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function hex(x: number): string {
  return x.toString(16).padStart(8, '0');
}
