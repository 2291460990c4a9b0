import { mountApp } from '@concord/shell';
import { boardSchema } from './schema.ts';
import { BoardApp } from './view/board-app.tsx';

mountApp({ kind: 'board', schema: boardSchema, App: BoardApp });
