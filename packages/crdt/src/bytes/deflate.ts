import { deflateSync, inflateSync } from 'fflate';
import { DecodeError } from './reader.ts';

/** What Node offers for raw deflate (RFC 1951), synchronously. */
interface Zlib {
  deflateRawSync(bytes: Uint8Array, options: { readonly level: number }): Uint8Array;
  inflateRawSync(
    bytes: Uint8Array,
    options: { readonly maxOutputLength: number; readonly chunkSize: number },
  ): Uint8Array;
}

interface Codec {
  deflate(bytes: Uint8Array): Uint8Array;
  /** Throws whatever it likes on bytes that are no deflate stream of exactly `length`. */
  inflate(bytes: Uint8Array, length: number): Uint8Array;
}

/** No deflate stream says more than this many bytes with one. */
const MAX_RATIO = 1032;
const MAX_LENGTH = 2 ** 31 - 1;

const codec: Codec = native() ?? {
  deflate: (bytes) => deflateSync(bytes, { level: 9 }),
  // One byte too many fits in, so that it shows.
  inflate: (bytes, length) => inflateSync(bytes, { out: new Uint8Array(length + 1) }),
};

/** Raw deflate at its best level. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return codec.deflate(bytes);
}

/** The `length` bytes that were deflated. Allocates no more than that; throws DecodeError if the input cannot hold so many, or does not. */
export function inflate(bytes: Uint8Array, length: number): Uint8Array {
  if (length > MAX_LENGTH || length > bytes.length * MAX_RATIO)
    throw new DecodeError('more than deflate can say');
  let inflated: Uint8Array;
  try {
    inflated = length === 0 ? new Uint8Array(0) : codec.inflate(bytes, length);
  } catch (error) {
    throw new DecodeError(`not deflated: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (inflated.length !== length) throw new DecodeError('deflated bytes of another length');
  return inflated;
}

function native(): Codec | null {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => Zlib | undefined };
  };
  const zlib = process?.getBuiltinModule?.('node:zlib');
  if (zlib === undefined) return null;
  return {
    deflate: (bytes) => zlib.deflateRawSync(bytes, { level: 9 }),
    // All in one chunk, so that nothing is put together from pieces: larger than needed, for a full one asks for another,
    // and Node takes none below 64.
    inflate: (bytes, length) =>
      zlib.inflateRawSync(bytes, { maxOutputLength: length, chunkSize: length + 64 }),
  };
}
