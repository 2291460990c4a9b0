import { mountApp } from '@concord/shell';
import { ganttSchema } from './schema.ts';

mountApp({ kind: 'gantt', schema: ganttSchema }, import('./app.ts'));
