import { mountApp } from '@concord/shell';
import { blocksSchema } from './schema.ts';

mountApp({ kind: 'blocks', schema: blocksSchema }, import('./app.ts'));
