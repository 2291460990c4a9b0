export { mulberry32 } from './random.ts';
export { type Damage, storeContract } from './store-contract.ts';
export { type Echo, transportContract } from './transport-contract.ts';
