import { mountApp } from '@concord/shell';
import { docsSchema } from './schema.ts';
import { docsComments } from './shell/comments.ts';
import { docsWhereabouts } from './shell/presence.ts';
import { DocsApp } from './view/docs-app.tsx';

mountApp({
  kind: 'docs',
  schema: docsSchema,
  App: DocsApp,
  comments: docsComments,
  whereabouts: docsWhereabouts,
});
