import { getSchema } from '@tiptap/core';
import { marks } from './marks.ts';
import { nodes } from './nodes.ts';

/** The ProseMirror schema of a document. */
export const editorSchema = getSchema([...nodes, ...marks]);
