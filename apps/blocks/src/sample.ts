import { ROOT } from '@concord/crdt';
import { parseMarkdown } from './markdown.ts';
import { addBlock, insertBlocks } from './model.ts';
import type { BlocksMut } from './schema.ts';

const SAMPLE = `# Launch week
> [!NOTE] Open this page in a second window and write in both: everything here is shared.
## This week
[x] Agree on the date
[ ] Write the announcement
    [ ] Ask Ana for a **quote**
    [ ] Pick a picture
[ ] Tell the people who asked
## How to move around
1. Type \`/\` for headings, lists, to-dos and more
2. Press Tab to put a block inside the one above
    - Shift+Tab brings it out again
    - The arrow at its side folds what is inside
3. Drag a block by its handle, or press Alt+Shift+↑ and ↓
---
> A move never loses what somebody else is typing.
`;

/** A page that shows what blocks can do. */
export const addSamplePage = (root: BlocksMut): void => addMarkdown(root, SAMPLE);

/** Puts text on an empty page, a block for each line. */
export function addMarkdown(root: BlocksMut, text: string): void {
  const first = addBlock(root, { parent: ROOT, after: null });
  insertBlocks(root, first, 0, parseMarkdown(text));
}
