import { mountApp } from '@concord/shell';
import { blocksSchema } from './schema.ts';
import { blocksComments } from './shell/comments.ts';
import { blocksWhereabouts } from './shell/presence.ts';
import { BlocksApp } from './view/blocks-app.tsx';

mountApp({
  kind: 'blocks',
  schema: blocksSchema,
  App: BlocksApp,
  comments: blocksComments,
  whereabouts: blocksWhereabouts,
});
