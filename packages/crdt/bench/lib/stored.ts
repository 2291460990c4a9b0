import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Byte strings in one file, each behind its length: what one cell leaves for others. */
export function writeChunks(path: string, chunks: readonly Uint8Array[]): void {
  const sizes = Buffer.alloc(4 * chunks.length);
  chunks.forEach((chunk, i) => void sizes.writeUInt32LE(chunk.length, 4 * i));
  const count = Buffer.alloc(4);
  count.writeUInt32LE(chunks.length);
  writeFileSync(path, Buffer.concat([count, sizes, ...chunks]));
}

/** Throws Error if the file is not there. */
export function readChunks(path: string): Uint8Array[] {
  if (!existsSync(path)) throw new Error('what this cell needs was not made');
  const bytes = readFileSync(path);
  const count = bytes.readUInt32LE(0);
  const chunks: Uint8Array[] = [];
  let from = 4 + 4 * count;
  for (let i = 0; i < count; i++) {
    const length = bytes.readUInt32LE(4 + 4 * i);
    // A plain copy: some libraries look at the underlying buffer.
    chunks.push(new Uint8Array(bytes.subarray(from, from + length)));
    from += length;
  }
  return chunks;
}
