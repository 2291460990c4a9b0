import { crc32c } from '@concord/sync/protocol';

/** Six bytes for each number: ids go up to 2^48. */
const head = new DataView(new ArrayBuffer(24));
const headBytes = new Uint8Array(head.buffer);

/** CRC-32C of a row of `changes`: of where it belongs as well as of its bytes, lest a flipped bit moves it elsewhere. */
export function changeChecksum(
  room: number,
  replica: number,
  first: number,
  next: number,
  bytes: Uint8Array,
): number {
  put(0, room);
  put(6, replica);
  put(12, first);
  put(18, next);
  return (crc32c(headBytes) ^ crc32c(bytes)) >>> 0;
}

function put(at: number, value: number): void {
  head.setUint32(at, value >>> 0, true);
  head.setUint16(at + 4, Math.floor(value / 2 ** 32), true);
}
