import './view/gantt.css';
import { mountApp } from '@concord/shell';
import { ganttSchema } from './schema.ts';
import { App } from './view/app.tsx';

mountApp({ kind: 'gantt', schema: ganttSchema, App });
