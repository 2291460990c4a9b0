/** The byte formats shared by the CRDT library and the sync protocol. */
export { crc32c } from './crc32c.ts';
export { type Json, jsonEqual, readJson, writeJson } from './json.ts';
export { DecodeError, Reader } from './reader.ts';
export { Writer } from './writer.ts';
