/* What the shell shows a document with. */
export { docsComments as comments } from './shell/comments.ts';
export { docsWhereabouts as whereabouts } from './shell/presence.ts';
export { revealChange as reveal } from './shell/reveal.ts';
export { DocsApp as App } from './view/docs-app.tsx';

export const history = () => import('./shell/history.tsx');
export const conflicts = async () => (await import('./shell/conflicts.ts')).docsConflicts;
