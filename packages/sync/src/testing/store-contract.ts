import { newReplicaId, replicaId } from '@concord/crdt/core';
import { describe, expect, it } from 'vitest';
import type { Change } from '../protocol/index.ts';
import type { Store } from '../store.ts';

const ANA = replicaId('00000000000000aa');
const BO = replicaId('00000000000000bb');

const change = (replica = ANA, from = 0, to = from + 1): Change => ({
  replica,
  from,
  to,
  bytes: Uint8Array.of(from, to, 7),
});

const key = ({ replica, from, to, bytes }: Change): string => `${replica} ${from} ${to} ${[...bytes]}`;

/** What every store must do. `make` gives an empty one; `reopen` gives another object on the same data. */
export function storeContract(
  name: string,
  make: () => Promise<Store>,
  reopen: (store: Store) => Promise<Store>,
): void {
  describe(`${name} keeps the promises of a store`, () => {
    it('[T1] an unknown room is empty', async () => {
      const room = await (await make()).open('docs/a');
      expect(await room.load()).toEqual({ snapshot: null, changes: [], relay: null });
      expect((await room.spareReplicas()).size).toBe(0);
    });

    it('[T2] what was appended is there when opened again, once, byte for byte', async () => {
      const store = await make();
      const room = await store.open('docs/a');
      // Bytes that are a view of something larger.
      const view = { ...change(BO, 300, 302), bytes: new Uint8Array(100).fill(5).subarray(10, 13) };
      await room.append([change(), view]);
      await room.append([change(), change(ANA, 1)]);
      await room.close();
      const { changes } = await (await (await reopen(store)).open('docs/a')).load();
      expect(changes.map(key).sort()).toEqual([change(), change(ANA, 1), view].map(key).sort());
    });

    it('[T3] rooms do not mix, not even those whose names begin alike', async () => {
      const store = await make();
      await (await store.open('docs/a')).append([change()]);
      await (await store.open('docs/ab')).append([change(BO)]);
      const { changes } = await (await store.open('docs/a')).load();
      expect(changes.map(key)).toEqual([key(change())]);
    });

    it('[T4] a snapshot takes the place of what it covers, and of nothing else', async () => {
      const room = await (await make()).open('docs/a');
      await room.append([change(), change(ANA, 1), change(ANA, 2), change(BO)]);
      await room.compact(Uint8Array.of(1, 2, 3), new Map([[ANA, 2]]));
      const stored = await room.load();
      expect(stored.snapshot).toEqual(Uint8Array.of(1, 2, 3));
      expect(stored.changes.map(key).sort()).toEqual([change(ANA, 2), change(BO)].map(key).sort());
    });

    it('[T5] a snapshot that lacks something does not replace one that has it', async () => {
      const room = await (await make()).open('docs/a');
      await room.append([change(), change(BO)]);
      await room.compact(Uint8Array.of(1), new Map([[ANA, 1]]));
      await room.compact(Uint8Array.of(2), new Map([[BO, 1]]));
      const stored = await room.load();
      expect(stored.snapshot).toEqual(Uint8Array.of(1));
      expect(stored.changes.map(key)).toEqual([key(change(BO))]);
      await room.compact(
        Uint8Array.of(3),
        new Map([
          [ANA, 1],
          [BO, 1],
        ]),
      );
      expect(await room.load()).toMatchObject({ snapshot: Uint8Array.of(3), changes: [] });
    });

    it('[T6] notes what the relay has', async () => {
      const room = await (await make()).open('docs/a');
      const relay = { epoch: 'e', version: new Map([[ANA, 5]]) };
      await room.saveRelay(relay);
      expect((await room.load()).relay).toEqual(relay);
    });

    it('[T7] of all who want a spare replica id, one gets it', async () => {
      const store = await make();
      const rooms = await Promise.all([1, 2, 3, 4].map(() => store.open('docs/a')));
      const replica = newReplicaId();
      await rooms[0]?.returnReplica(replica, 12);
      expect(await rooms[1]?.spareReplicas()).toEqual(new Map([[replica, 12]]));
      expect((await (await store.open('docs/b')).spareReplicas()).size).toBe(0);
      const taken = await Promise.all(rooms.map((room) => room.takeReplica(replica)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await rooms[1]?.spareReplicas())?.size).toBe(0);
    });
  });
}
