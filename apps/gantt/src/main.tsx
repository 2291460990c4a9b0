import './view/gantt.css';
import { mountApp } from '@concord/shell';
import { ganttSchema } from './schema.ts';
import { ganttComments } from './shell/comments.ts';
import { ganttWhereabouts } from './shell/presence.ts';
import { App } from './view/app.tsx';

mountApp({ kind: 'gantt', schema: ganttSchema, App, comments: ganttComments, whereabouts: ganttWhereabouts });
