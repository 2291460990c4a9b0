import { expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import { History } from './history.ts';

it('tells the long life of one replica in one go', () => {
  const history = new History();
  const replica = replicaId('00000000000000aa');
  const bytes = new Uint8Array();
  for (let from = 0; from < 200_000; from++) {
    history.append({ replica, from, to: from + 1, time: 0, deps: [], ops: [] }, bytes, from + 1);
  }
  expect(history.since(new Map())).toHaveLength(200_000);
  expect(history.since(new Map([[replica, 199_990]]))).toHaveLength(10);
});
