import { mountApp } from '@concord/shell';
import { blocksSchema } from './schema.ts';
import { BlocksApp } from './view/blocks-app.tsx';

mountApp({ kind: 'blocks', schema: blocksSchema, App: BlocksApp });
