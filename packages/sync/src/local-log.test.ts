import { newReplicaId } from '@concord/crdt/core';
import { expect, it } from 'vitest';
import { LocalLog } from './local-log.ts';
import { memoryStore } from './stores/memory.ts';

it('changes are saved, and it is told, although the document can make no snapshot of them', async () => {
  const store = await memoryStore().open('docs/a');
  const replica = newReplicaId();
  let told = 0;
  const log = new LocalLog({
    store,
    stored: 0,
    snapshot: () => {
      throw new Error('a document that cannot be saved');
    },
    changed: () => void told++,
  });
  log.add(
    Array.from({ length: 1_200 }, (_, from) => ({ replica, from, to: from + 1, bytes: new Uint8Array(1) })),
  );
  await log.flushed();
  expect(log.state).toBe('saved');
  expect(told).toBe(1);
  expect((await store.load()).changes).toHaveLength(1_200);
});
