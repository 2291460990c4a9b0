import type { ClientOptions, Effect } from './client-types.ts';
import {
  type Attest,
  type Change,
  type Frame,
  opsPackets,
  packets,
  type Snapshot,
  VERSIONS,
} from './protocol/index.ts';

/** This client's one room on its line. */
const HANDLE = 1;

/** What the client says, as packets of the version of the protocol that was agreed. Nothing, if that has no word for it. */
export class Speech {
  readonly #options: ClientOptions;
  version: number = VERSIONS.newest;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  hello(token: string | null): readonly Effect[] {
    return this.#say({ type: 'hello', ...VERSIONS, replica: this.#options.replica, token });
  }

  /** Asks for what the document lacks, and for what the relay lacks. */
  join(epoch: string): readonly Effect[] {
    const { room, source, grant, capabilities } = this.#options;
    return this.#say({
      type: 'join',
      handle: HANDLE,
      room,
      epoch,
      version: source.version,
      ...(grant && { grant }),
      ...(capabilities && { capabilities }),
    });
  }

  ops(changes: readonly Change[]): readonly Effect[] {
    return changes.length === 0 ? [] : [{ type: 'send', packets: opsPackets(HANDLE, changes, this.version) }];
  }

  presence(state: Uint8Array): readonly Effect[] {
    return this.#say({ type: 'presence', handle: HANDLE, state });
  }

  token(token: string): readonly Effect[] {
    return this.#say({ type: 'auth-refresh', token });
  }

  attest(told: Omit<Attest, 'type' | 'handle'>): readonly Effect[] {
    return this.#say({ type: 'attest', handle: HANDLE, version: told.version, stateHash: told.stateHash });
  }

  snapshot({ version, stateHash, bytes }: Omit<Snapshot, 'type' | 'handle'>): readonly Effect[] {
    return this.#say({ type: 'snapshot', handle: HANDLE, version, stateHash, bytes });
  }

  #say(frame: Frame): readonly Effect[] {
    const ready = packets(frame, this.version);
    return ready.length === 0 ? [] : [{ type: 'send', packets: ready }];
  }
}
