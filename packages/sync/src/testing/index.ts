export { mulberry32 } from './random.ts';
export { type Damage, storeContract } from './store-contract.ts';
export { tabsContract } from './tabs-contract.ts';
export { TinyRelay } from './tiny-relay.ts';
export { type Echo, transportContract } from './transport-contract.ts';
