import type { NetworkCondition, NetworkName, Session, SimulatedNetwork } from '@concord/sync';
import type { TitledSchema } from './definition.ts';
import type { DocumentAddress } from './local/address.ts';
import { type Identity, loadIdentity } from './local/identity.ts';
import { openNetwork, openRoom } from './open-session.ts';
import { takeGrant } from './sharing/grant.ts';
import { type SocialSchema, socialSchema } from './social/schema.ts';

declare global {
  interface Window {
    /** For tests and the curious: what this page holds. */
    concord?: {
      stateHash(): string;
      version(): Record<string, number>;
      /** Resolves once the local store is loaded. */
      readonly ready: Promise<void>;
      /** Makes the network slow, lossy, cut or good again, for this page only. */
      network(condition: NetworkName | NetworkCondition): void;
    };
  }
}

/** A document with what people say of it, for as long as the page shows it. */
export type OpenDocument<S extends TitledSchema> = {
  readonly address: DocumentAddress;
  readonly as: string | null;
  readonly identity: Identity;
  readonly session: Session<S>;
  readonly social: Session<SocialSchema>;
  readonly network: SimulatedNetwork;
};

/** Begins to load and to synchronise. Throws where the device refuses. */
export function openDocument<S extends TitledSchema>(schema: S, address: DocumentAddress): OpenDocument<S> {
  const as = new URLSearchParams(location.search).get('as')?.trim().slice(0, 40) || null;
  const identity = loadIdentity(as);
  const network = openNetwork();
  const room = `${address.kind}/${address.id}`;
  const way = { as, identity, network, grant: takeGrant(address, as) };
  const session = openRoom(schema, { ...way, room });
  const social = openRoom(socialSchema, { ...way, room: `${room}#comments` });
  window.concord = {
    stateHash: () => session.doc.stateHash(),
    version: () => Object.fromEntries(session.doc.version),
    ready: session.ready,
    network: network.set,
  };
  return { address, as, identity, session, social, network };
}
