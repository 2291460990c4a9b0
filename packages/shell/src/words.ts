import type { Kind } from '@concord/ui';

/** What each kind is called, alone and as one thing. */
export const KIND_NAMES: Readonly<Record<Exclude<Kind, 'home'>, { app: string; one: string }>> = {
  docs: { app: 'Docs', one: 'document' },
  board: { app: 'Board', one: 'board' },
  blocks: { app: 'Blocks', one: 'page' },
  gantt: { app: 'Gantt', one: 'plan' },
};

export const words = {
  untitled: 'Untitled',
  rename: 'Rename',
  copyLink: 'Copy link',
  linkCopied: 'Link copied. Anyone who has it can join.',
  linkFailed: 'The link could not be copied. It is the address of this page.',
  workOffline: 'Work offline',
  exportData: 'Export my data',
  workingOffline: 'You chose to work offline. Your changes stay on this device until you go online again.',
  goOnline: 'Go online',
  notStored:
    'This browser does not keep your changes: its storage is full or forbidden. Keep this page open.',
  loading: 'Opening…',
  undo: (label: string) => `Undo: ${label}`,
  redo: (label: string) => `Redo: ${label}`,
  undid: (label: string) => `Undid: ${label}`,
  redid: (label: string) => `Redid: ${label}`,
  joined: (name: string) => `${name} is here`,
  left: (name: string) => `${name} has left`,
  notFoundTitle: 'No document has this address',
  notFoundBody: 'A document’s address ends with its id: letters, digits, - and _, 64 at most.',
  toHome: 'Go to the home page',
  failedTitle: 'The document could not be opened',
  failedBody: 'Nothing was changed. Reload the page to try again.',
};
