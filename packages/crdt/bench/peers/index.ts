import type { Peer, PeerName } from '../lib/peer.ts';

/** Loaded one by one: a cell's process holds no other library than its own. */
export async function loadPeer(name: PeerName): Promise<Peer> {
  switch (name) {
    case 'concord':
      return (await import('./concord.ts')).concord;
    case 'yjs':
      return (await import('./yjs.ts')).yjs;
    case 'automerge':
      return (await import('./automerge.ts')).automerge;
    case 'loro':
      return (await import('./loro.ts')).loro;
    case 'json-joy':
      return (await import('./json-joy.ts')).jsonJoy;
    case 'diamond-types':
      return (await import('./diamond-types.ts')).diamondTypes;
    case 'list-positions':
      return (await import('./list-positions.ts')).listPositions;
    case 'ywasm':
      return (await import('./ywasm.ts')).ywasm;
    case 'floor':
      return (await import('./floor.ts')).floor;
  }
}
