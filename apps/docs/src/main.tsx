import { mountApp } from '@concord/shell';
import { docsSchema } from './schema.ts';

mountApp({ kind: 'docs', schema: docsSchema }, import('./app.ts'));
