import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { replicaId } from '../protocol/index.ts';
import { type Damage, storeContract } from '../testing/store-contract.ts';
import { indexedDbStore } from './indexed-db.ts';
import { memoryStore } from './memory.ts';

let number = 0;

/** Flips a bit of the bytes of one row, behind the store's back. */
const damage: Damage = async (store, room, what) => {
  const db = await openDB(store.shared ?? '');
  const [table, key] =
    what === 'snapshot' ? ['snapshots', room] : ['changes', [room, what.replica, what.from]];
  const row = await db.get(table as string, key as IDBValidKey);
  row.bytes[0] ^= 1;
  await (what === 'snapshot' ? db.put('snapshots', row, room) : db.put('changes', row));
  db.close();
};

storeContract(
  'memoryStore',
  async () => memoryStore(),
  async (store) => store,
);
storeContract(
  'indexedDbStore',
  async () => indexedDbStore({ name: `test-${number++}` }),
  async (store) => indexedDbStore({ name: store.shared ?? '' }),
  damage,
);

describe('indexedDbStore and its database', () => {
  const replica = replicaId('00000000000000aa');
  const change = (from: number) => ({ replica, from, to: from + 1, bytes: Uint8Array.of(from) });

  it('[B1] takes over what version 1 of the database holds', async () => {
    const name = `test-${number++}`;
    const old = await openDB(name, 1, {
      upgrade: (db) => {
        db.createObjectStore('changes', { keyPath: ['room', 'replica', 'from'] });
        db.createObjectStore('snapshots');
        db.createObjectStore('relays');
        db.createObjectStore('spares');
      },
    });
    await old.put('changes', { room: 'docs/a', ...change(3) });
    await old.put('snapshots', { bytes: Uint8Array.of(9), version: new Map([[replica, 3]]) }, 'docs/a');
    old.close();
    const stored = await (await indexedDbStore({ name }).open('docs/a')).load();
    expect(stored).toMatchObject({ damaged: 0, snapshots: [Uint8Array.of(9)], changes: [change(3)] });
  });

  it('[B2] makes way for a newer version of the app, says so, and loses nothing', async () => {
    const name = `test-${number++}`;
    const room = await indexedDbStore({ name }).open('docs/a');
    await room.append([change(0)]);
    const newer = await openDB(name, 99);
    await expect(room.append([change(1)])).rejects.toThrow(/version/);
    expect(await newer.count('changes')).toBe(1);
    newer.close();
  });

  it('[B3] opens again what the browser closed', async () => {
    const name = `test-${number++}`;
    const room = await indexedDbStore({ name }).open('docs/a');
    // Another tab deletes the database: all connections are asked to close.
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    });
    await room.append([change(0)]);
    expect((await room.load()).changes).toHaveLength(1);
  });

  it('[B4] a row whose fields are gone is damaged, not fatal', async () => {
    const name = `test-${number++}`;
    const room = await indexedDbStore({ name }).open('docs/a');
    await room.append([change(0)]);
    const db = await openDB(name);
    await db.put('changes', { room: 'docs/a', replica: 'x', from: 0.5 });
    await db.put('snapshots', { bytes: Uint8Array.of(1), version: new Map([['y', -1]]), crc: 5 }, 'docs/a');
    db.close();
    expect(await room.load()).toMatchObject({ damaged: 2, snapshots: [], changes: [change(0)] });
    expect(await room.load()).toMatchObject({ damaged: 0 });
  });
});
