/* What the shell shows a document with. */
export { blocksComments as comments } from './shell/comments.ts';
export { blocksWhereabouts as whereabouts } from './shell/presence.ts';
export { revealChange as reveal } from './shell/reveal.ts';
export { BlocksApp as App } from './view/blocks-app.tsx';

export const history = () => import('./shell/history.tsx');
export const conflicts = async () => (await import('./shell/conflicts.ts')).blocksConflicts;
