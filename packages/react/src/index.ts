export * from './use-session.ts';
export { shallowEqual } from './use-snapshot.ts';
export * from './use-undo.ts';
export * from './use-view.ts';
