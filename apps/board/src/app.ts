/* What the shell shows a document with. */
export { boardComments as comments } from './shell/comments.ts';
export { boardWhereabouts as whereabouts } from './shell/presence.ts';
export { revealChange as reveal } from './shell/reveal.ts';
export { BoardApp as App } from './view/board-app.tsx';

export const history = () => import('./shell/history.tsx');
export const conflicts = async () => (await import('./shell/conflicts.ts')).boardConflicts;
