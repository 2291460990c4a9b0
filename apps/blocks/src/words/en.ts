import { plural } from '@concord/ui';

const blocks = (count: number): string => plural(count, { one: '# block', other: '# blocks' });
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

/** Every word that this app shows. */
export const english = {
  /** What each type of block is called, what it says while it is empty, and by which words the menu finds it. */
  types: {
    text: { name: 'Text', hint: 'Write, or type / for blocks', keywords: 'paragraph plain body' },
    heading1: { name: 'Heading 1', hint: 'Heading 1', keywords: 'h1 title large #' },
    heading2: { name: 'Heading 2', hint: 'Heading 2', keywords: 'h2 subtitle ##' },
    heading3: { name: 'Heading 3', hint: 'Heading 3', keywords: 'h3 small ###' },
    bullet: { name: 'Bulleted list', hint: 'List', keywords: 'ul unordered point -' },
    numbered: { name: 'Numbered list', hint: 'List', keywords: 'ol ordered 1.' },
    todo: { name: 'To-do', hint: 'To-do', keywords: 'task check checkbox []' },
    quote: { name: 'Quote', hint: 'Quote', keywords: 'cite blockquote >' },
    code: { name: 'Code', hint: 'Code', keywords: 'pre monospace ```' },
    callout: { name: 'Callout', hint: 'Something to note', keywords: 'note info aside !!' },
    divider: { name: 'Divider', hint: '', keywords: 'rule line hr ---' },
  },
  /** A block in a sentence. */
  aBlock: 'a block',
  emptyBlock: (type: string) => `empty ${type.toLowerCase()}`,
  quoted: (text: string) => `“${text}”`,
  dragHelp:
    'Press Enter for the menu. Press Space to pick up, the arrow keys to move, Space or Enter to drop, Escape to cancel.',
  levelBelow: (level: number, block: string) => `Level ${level}, below ${block}`,
  levelTop: (level: number) => `Level ${level}, at the top`,
  level: (level: number) => `Level ${level}`,
  pickedUp: (block: string, place: string) => `Picked up ${block}. ${place}`,
  dropped: (block: string) => `${block} dropped.`,
  dragCancelled: (block: string) => `Move cancelled. ${block} is where it was.`,
  /** Steps of undo. */
  newBlock: 'New block',
  paste: 'Paste',
  duplicate: 'Duplicate',
  deleteDivider: 'Delete divider',
  mergeBlocks: 'Merge blocks',
  deleteBlock: 'Delete block',
  restoreBlock: 'Restore block',
  rescueText: 'Rescue text',
  turnIntoType: (type: string) => `Turn into ${type.toLowerCase()}`,
  check: 'Check',
  uncheck: 'Uncheck',
  collapse: 'Collapse',
  expand: 'Expand',
  indent: 'Indent',
  outdent: 'Outdent',
  moveBlock: 'Move block',
  formatting: 'Formatting',
  link: 'Link',
  removeLink: 'Remove link',
  fillSample: 'Fill with a sample',
  undo: 'Undo',
  restore: 'Restore',
  deleted: (block: string) => `Deleted ${block}`,
  movedUp: (row: number, of: number) => `Moved up, row ${row} of ${of}`,
  movedDown: (row: number, of: number) => `Moved down, row ${row} of ${of}`,
  embed: 'Embedded object',
  turnInto: 'Turn into',
  moveTo: 'Move to…',
  moveUp: 'Move up',
  moveDown: 'Move down',
  delete: 'Delete',
  emptyLabel: 'Text',
  emptyHint: 'Write, or type / for blocks',
  trySample: 'Try a sample page',
  emptyMore:
    'Everything is a block: drag it, nest it, turn it into something else. Everyone who opens this address writes on the same page.',
  format: 'Format',
  marks: {
    bold: 'Bold',
    italic: 'Italic',
    underline: 'Underline',
    strike: 'Strikethrough',
    code: 'Inline code',
  },
  badAddress: 'This is no address that a link can go to.',
  editLink: 'Edit link',
  address: 'Address',
  addLink: 'Add link',
  saveLink: 'Save link',
  moveNamed: (block: string) => `Move ${block}`,
  moveHint: 'Choose the block to put it in.',
  findBlock: 'Find a block',
  places: 'Places',
  endOfPage: 'End of the page',
  trash: 'Trash',
  exportMarkdown: 'Export as Markdown',
  showRescued: 'Show rescued text',
  strays: 'Some text lost its block while several people worked on it. It is kept.',
  blocks: 'Blocks',
  addBlock: 'Add a block',
  addBelow: (block: string) => `Add a block below ${block}`,
  moveOrChange: (block: string) => `Move or change ${block}`,
  handleHint: 'Drag to move, click for the menu',
  expandNamed: (block: string) => `Expand ${block}`,
  collapseNamed: (block: string) => `Collapse ${block}`,
  done: (block: string) => `Done: ${block}`,
  peopleHere: 'People in this block',
  chooseBlock: 'Blocks to choose from',
  trashHint: 'Deleted blocks keep what they hold, and what others type into them.',
  trashEmpty: 'The trash is empty',
  trashEmptyHint: 'Deleted blocks wait here until someone wants them back.',
  rescued: 'Rescued text',
  rescuedHint: 'Its block was taken apart while somebody wrote in it.',
  putNamed: (text: string) => `Put ${text} on the page`,
  put: 'Put on the page',
  deletedBlocks: 'Deleted blocks',
  inside: (count: number) => `and ${blocks(count)} inside`,
  restoreNamed: (block: string) => `Restore ${block}`,
  keys: {
    focused: 'Focused block',
    text: 'Text',
    choose: 'Choose a block',
    line: 'New line in the block',
    check: 'Check, or fold',
    delete: 'Delete the block',
    menu: 'Menu of the block',
    leave: 'To the block’s handle, then Tab goes on',
    type: 'Text; 1 to 3 are headings, 4 and on the lists',
    link: 'Link the selection',
  },
  /** What others do. */
  someone: 'Someone',
  skipped: (block: string) => `That move would have put ${block} inside itself`,
  skippedHint: (block: string) => `Somebody had moved ${block} into it at the same time.`,
  applyAnyway: 'Apply anyway',
  othersDeletedMine: (who: string) => `${who} deleted the block you were editing`,
  keptInTrash: (block: string) => `${block} is kept in the trash.`,
  othersChanged: (who: string, count: number) => `${who} changed ${blocks(count)}`,
  othersDeleted: (who: string, block: string) => `${who} deleted ${block}`,
  othersAdded: (who: string) => `${who} added a block`,
  othersRestored: (who: string, block: string) => `${who} restored ${block}`,
  othersMoved: (who: string, block: string) => `${who} moved ${block}`,
  othersInDeleted: (who: string) => `${who} is writing in a deleted block`,
  sample: SAMPLE,
  /** Parts of the document by the names of their fields, in the history. */
  historyAreas: {
    title: 'the title',
    stream: 'the text',
    tree: 'order',
  },
};
