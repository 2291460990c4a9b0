import type { Change, Handle } from '@concord/sync/protocol';
import { opsPackets, packets, type VersionVector } from '@concord/sync/protocol';
import type { Snapshot } from './log-store.ts';

/** What is read for those who come with nothing. */
export interface ColdSource {
  /** The snapshot to begin with, or null. */
  snapshot(): Promise<Snapshot | null>;
  read(since: VersionVector): AsyncIterable<readonly Change[]>;
}

/**
 * All of a room, read and encoded once for everybody who comes with nothing meanwhile: a hundred people who open one
 * link read the disk once. Each goes through the parts at their own pace.
 */
export class ColdStart {
  /** What the parts hold at least. What came since has to be read besides. */
  readonly version: VersionVector;
  /** Who still goes through the parts. */
  readers = 0;
  readonly #parts: Promise<readonly Uint8Array[] | null>[] = [];
  readonly #source: AsyncGenerator<readonly Uint8Array[]>;

  constructor(source: ColdSource, version: VersionVector, handle: Handle, protocol: number) {
    this.version = new Map(version);
    this.#source = parts(source, handle, protocol);
  }

  /** The parts in order. */
  async *parts(): AsyncGenerator<readonly Uint8Array[]> {
    this.readers++;
    try {
      for (let i = 0; ; i++) {
        this.#parts[i] ??= this.#source.next().then(({ done, value }) => (done ? null : value));
        const part = await this.#parts[i];
        if (!part) return;
        yield part;
      }
    } finally {
      this.readers--;
    }
  }
}

async function* parts(
  source: ColdSource,
  handle: Handle,
  protocol: number,
): AsyncGenerator<readonly Uint8Array[]> {
  const snapshot = await source.snapshot();
  if (snapshot) yield packets({ type: 'snapshot', handle, ...snapshot }, protocol);
  for await (const page of source.read(snapshot?.version ?? new Map()))
    yield opsPackets(handle, page, protocol);
}
