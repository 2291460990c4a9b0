export * from './address.ts';
export { type Identity, loadIdentity } from './identity.ts';
export * from './recents.ts';
