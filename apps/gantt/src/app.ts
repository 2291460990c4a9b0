/* What the shell shows a document with. */
import './view/gantt.css';

export { ganttComments as comments } from './shell/comments.ts';
export { ganttWhereabouts as whereabouts } from './shell/presence.ts';
export { revealChange as reveal } from './shell/reveal.ts';
export { App } from './view/app.tsx';

export const history = () => import('./shell/history.ts');
export const conflicts = async () => (await import('./shell/conflicts.ts')).ganttConflicts;
