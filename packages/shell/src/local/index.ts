export * from './address.ts';
export { type Beginning, leaveBeginning } from './beginning.ts';
export { type Identity, loadIdentity } from './identity.ts';
export * from './recents.ts';
export { TEMPLATES, type TemplateName } from './templates.ts';
