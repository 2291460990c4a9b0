import 'fake-indexeddb/auto';
import { storeContract } from '../testing/store-contract.ts';
import { indexedDbStore } from './indexed-db.ts';
import { memoryStore } from './memory.ts';

let number = 0;
storeContract(
  'memoryStore',
  async () => memoryStore(),
  async (store) => store,
);
storeContract(
  'indexedDbStore',
  async () => indexedDbStore({ name: `test-${number++}` }),
  async (store) => indexedDbStore({ name: store.shared ?? '' }),
);
