import type { Editor } from '@tiptap/core';

/** The editor on this page, for what stands around the app. */
export const openEditor: { current: Editor | null } = { current: null };
