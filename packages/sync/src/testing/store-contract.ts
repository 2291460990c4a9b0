import { newReplicaId, type ReplicaId, replicaId } from '@concord/crdt/core';
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

/** Changes one byte of what lies on the medium: of a change, or of the newest snapshot. */
export type Damage = (
  store: Store,
  room: string,
  what: { readonly replica: ReplicaId; readonly from: number } | 'snapshot',
) => Promise<void>;

/**
 * What every store must do. `make` gives an empty one; `reopen` gives another object on the same data; `damage` is left
 * out where there is no medium.
 */
export function storeContract(
  name: string,
  make: () => Promise<Store>,
  reopen: (store: Store) => Promise<Store>,
  damage?: Damage,
): void {
  describe(`${name} keeps the promises of a store`, () => {
    it('[T1] an unknown room is empty', async () => {
      const room = await (await make()).open('docs/a');
      expect(await room.load()).toEqual({
        snapshots: [],
        changes: [],
        relay: null,
        damaged: 0,
      });
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

    it('[T4] two snapshots are kept; changes go when the older of them covers them, and no other', async () => {
      const store = await make();
      const room = await store.open('docs/a');
      await room.append([change(), change(ANA, 1), change(ANA, 2), change(BO)]);
      await room.compact(Uint8Array.of(1), new Map([[ANA, 1]]));
      const first = await room.load();
      expect(first.snapshots).toEqual([Uint8Array.of(1)]);
      // If the only snapshot turned out damaged, nothing would be lost.
      expect(first.changes).toHaveLength(4);
      await room.compact(Uint8Array.of(2), new Map([[ANA, 2]]));
      const { snapshots, changes } = await (await (await reopen(store)).open('docs/a')).load();
      expect(snapshots).toEqual([Uint8Array.of(2), Uint8Array.of(1)]);
      expect(changes.map(key).sort()).toEqual([change(ANA, 1), change(ANA, 2), change(BO)].map(key).sort());
      await room.compact(Uint8Array.of(3), new Map([[ANA, 3]]));
      expect((await room.load()).snapshots).toEqual([Uint8Array.of(3), Uint8Array.of(2)]);
      expect((await room.load()).changes.map(key).sort()).toEqual(
        [change(ANA, 2), change(BO)].map(key).sort(),
      );
    });

    it('[T4] a change that began before the snapshot and goes on behind it stays', async () => {
      const store = await make();
      const room = await store.open('docs/a');
      await room.append([change(), change(ANA, 1, 9), change(BO)]);
      await room.compact(Uint8Array.of(1), new Map([[ANA, 3]]));
      await room.compact(Uint8Array.of(2), new Map([[ANA, 4]]));
      const { changes } = await (await (await reopen(store)).open('docs/a')).load();
      expect(changes.map(key).sort()).toEqual([change(ANA, 1, 9), change(BO)].map(key).sort());
    });

    it('[T5] a snapshot that lacks something does not replace one that has it', async () => {
      const room = await (await make()).open('docs/a');
      await room.append([change(), change(BO)]);
      await room.compact(Uint8Array.of(1), new Map([[ANA, 1]]));
      await room.compact(Uint8Array.of(2), new Map([[BO, 1]]));
      expect((await room.load()).snapshots).toEqual([Uint8Array.of(1)]);
      const both = new Map([
        [ANA, 1],
        [BO, 1],
      ]);
      await room.compact(Uint8Array.of(3), both);
      expect((await room.load()).snapshots).toEqual([Uint8Array.of(3), Uint8Array.of(1)]);
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
      const spare = { next: 12, at: 34, undo: new Uint8Array(100).fill(5).subarray(10, 13) };
      await rooms[0]?.returnReplica(replica, spare);
      expect(await rooms[1]?.spareReplicas()).toEqual(
        new Map([[replica, { ...spare, undo: Uint8Array.of(5, 5, 5) }]]),
      );
      expect((await (await store.open('docs/b')).spareReplicas()).size).toBe(0);
      const taken = await Promise.all(rooms.map((room) => room.takeReplica(replica)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await rooms[1]?.spareReplicas())?.size).toBe(0);
    });

    it('[T8] an erased room is empty, and others are not; its spare replica ids stay, with nothing to undo', async () => {
      const store = await make();
      const [room, other] = [await store.open('docs/a'), await store.open('docs/ab')];
      for (const each of [room, other]) {
        await each.append([change(), change(BO)]);
        await each.compact(Uint8Array.of(1), new Map([[ANA, 1]]));
        await each.compact(Uint8Array.of(2), new Map([[ANA, 1]]));
        await each.saveRelay({ epoch: 'e', version: new Map() });
        await each.returnReplica(ANA, { next: 1, at: 2, undo: Uint8Array.of(1) });
      }
      await room.erase();
      const empty = { snapshots: [], changes: [], relay: null, damaged: 0 };
      expect(await (await (await reopen(store)).open('docs/a')).load()).toEqual(empty);
      expect(await room.spareReplicas()).toEqual(new Map([[ANA, { next: 1, at: 2, undo: null }]]));
      expect((await other.spareReplicas()).get(ANA)?.undo).toEqual(Uint8Array.of(1));
      expect(await other.load()).toMatchObject({ changes: [{ replica: BO }], relay: { epoch: 'e' } });
    });

    // Without a medium there is nothing that could be damaged.
    if (!damage) return;

    it('[T9] a changed byte, or a torn row, is found: the rest is given, and it is not met again', async () => {
      const store = await make();
      const room = await store.open('docs/a');
      await room.append([change(), change(ANA, 1), change(BO)]);
      await room.compact(Uint8Array.of(1), new Map([[BO, 1]]));
      await damage(store, 'docs/a', { replica: ANA, from: 1 });
      const found = await room.load();
      expect(found).toMatchObject({ damaged: 1, snapshots: [Uint8Array.of(1)] });
      expect(found.changes.map(key).sort()).toEqual([change(), change(BO)].map(key).sort());
      expect(await room.load()).toMatchObject({ damaged: 0 });
      // Fetched again, it is as if nothing had been.
      await room.append([change(ANA, 1)]);
      expect((await room.load()).changes).toHaveLength(3);
    });

    it('[T10] if the newest snapshot is damaged, the one before and all since are given', async () => {
      const store = await make();
      const room = await store.open('docs/a');
      await room.append([change(), change(ANA, 1)]);
      await room.compact(Uint8Array.of(1), new Map([[ANA, 1]]));
      await room.compact(Uint8Array.of(2), new Map([[ANA, 2]]));
      await damage(store, 'docs/a', 'snapshot');
      const found = await room.load();
      expect(found).toMatchObject({ damaged: 1, snapshots: [Uint8Array.of(1)] });
      expect(found.changes.map(key)).toEqual([key(change(ANA, 1))]);
      expect(await room.load()).toMatchObject({ damaged: 0, snapshots: [Uint8Array.of(1)] });
    });
  });
}
