import { mountApp } from '@concord/shell';
import { boardSchema } from './schema.ts';
import { boardComments } from './shell/comments.ts';
import { boardWhereabouts } from './shell/presence.ts';
import { BoardApp } from './view/board-app.tsx';

mountApp({
  kind: 'board',
  schema: boardSchema,
  App: BoardApp,
  comments: boardComments,
  whereabouts: boardWhereabouts,
});
