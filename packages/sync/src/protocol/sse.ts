import { DecodeError, Reader, Writer } from '@concord/crdt/bytes';
import { MAX_FRAME } from './limits.ts';

/*
 * The same packets where WebSockets are blocked: down as server-sent events (`GET /sse`), up as bodies of requests
 * (`POST /sse/SESSION`). The events: `session` with the session's id, first; unnamed ones with one packet each in base64;
 * `close` with `CODE REASON`, last. A comment at least every 15 s keeps proxies from ending the stream.
 */

/** The body of one POST: its packets, each with its length as u32, least significant byte first. */
export function packBody(packets: readonly Uint8Array[]): Uint8Array {
  const w = new Writer();
  for (const packet of packets) {
    w.u32(packet.length);
    w.raw(packet);
  }
  return w.finish();
}

/** The packets of a body. Throws DecodeError. */
export function unpackBody(body: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  const r = new Reader(body);
  while (r.remaining > 0) {
    const length = r.u32();
    if (length > MAX_FRAME) throw new DecodeError(`frame of ${length} bytes`);
    packets.push(r.raw(length));
  }
  return packets;
}
