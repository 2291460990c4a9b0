import { mountApp } from '@concord/shell';
import { boardSchema } from './schema.ts';

mountApp({ kind: 'board', schema: boardSchema }, import('./app.ts'));
