import { Assembler, type Frame, type VersionVector } from '@concord/sync/protocol';

/** A run's story, line by line. */
export type Tell = (line: string) => void;

/** One frame in words, without its bytes. Version vectors show the first four digits of each replica. */
function describeFrame(frame: Frame): string {
  switch (frame.type) {
    case 'ops':
      return `OPS ${frame.changes.map(({ replica, from, to }) => `${replica.slice(0, 4)}:${from}–${to}`).join(' ')}`;
    case 'ack':
      return `ACK ${frame.level} ${describeVersion(frame.version)}`;
    case 'join':
      return `JOIN epoch ${frame.epoch.slice(0, 12) || '–'} ${describeVersion(frame.version)}`;
    case 'joined':
      return `JOINED epoch ${frame.epoch.slice(0, 12)} ${describeVersion(frame.version)}`;
    case 'presence':
      return 'PRESENCE';
    case 'peer':
      return `PEER ${frame.replica.slice(0, 4)} ${frame.state === null ? 'left' : 'shows'}`;
    case 'fragment':
      return `FRAGMENT ${frame.offset} of ${frame.total}`;
    default: {
      const { type, ...rest } = frame as Frame & Record<string, unknown>;
      const words = Object.entries(rest)
        .filter(([key, value]) => key !== 'handle' && !(value instanceof Uint8Array))
        .map(
          ([key, value]) => `${key} ${value instanceof Map ? describeVersion(value) : JSON.stringify(value)}`,
        );
      return `${type.toUpperCase()} ${words.join(' ')}`;
    }
  }
}

export function describeVersion(version: VersionVector): string {
  const parts = [...version].sort().map(([replica, next]) => `${replica.slice(0, 4)}:${next}`);
  return `{${parts.join(' ')}}`;
}

/** What is in the packet, by a reader who knows nothing of those before it. */
export function describePacket(packet: Uint8Array): string {
  try {
    const frame = new Assembler().take(packet);
    return frame ? describeFrame(frame) : `a piece of ${packet.length} bytes`;
  } catch (error) {
    return `unreadable: ${error instanceof Error ? error.message : error}`;
  }
}
