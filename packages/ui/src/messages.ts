import { createContext, useContext } from 'react';

/** Every word that the design system itself says. A translation is another value of this type. */
export const english = {
  skipToContent: 'Skip to content',
  home: 'Concord home',
  title: 'Title',
  untitled: 'Untitled',
  close: 'Close',
  cancel: 'Cancel',
  more: 'More',
  undo: 'Undo',
  redo: 'Redo',
  loading: 'Loading',
  notifications: 'Notifications',
  theme: 'Theme',
  themeSystem: 'Same as system',
  themeLight: 'Light',
  themeDark: 'Dark',
  peopleHere: 'People here',
  you: (name: string) => `${name} (you)`,
  away: 'away',
  morePeople: (count: number) => `${count} more`,
  yourName: 'Your name',
  yourNameHint: 'Others see it beside your caret and your changes.',
  onlyYou: 'Only you, for now. Anyone who opens this address joins you.',
  errorTitle: 'This part stopped working',
  errorBody: 'Your document is safe. Try again, or keep a copy of your data first.',
  tryAgain: 'Try again',
  exportData: 'Export my data',
  commands: 'Commands',
  commandsHint: 'What do you want to do?',
  noCommand: 'No command has this name',
  keyboardShortcuts: 'Keyboard shortcuts',
  keysHint: 'Every command, with or without a key, is also in the list of commands.',
  saveStatus: 'Save status',
  status: {
    saved: () => 'Saved',
    saving: () => 'Saving…',
    'saved-here': () => 'Saved on this device',
    offline: (waiting: number) => `Offline · ${waiting} waiting`,
    'not-saved': () => 'Not saved on this device',
  },
  /** What the badge says where there is no room for the full words. */
  statusShort: {
    saved: () => 'Saved',
    saving: () => 'Saving…',
    'saved-here': () => 'On device',
    offline: (waiting: number) => `Offline · ${waiting}`,
    'not-saved': () => 'Not saved',
  },
  statusMeaning: {
    saved: 'Everything you did is on the server’s disk, and on this device.',
    saving: 'Your latest changes are on their way to the server.',
    'saved-here': 'Your changes are safe on this device and go to the server as soon as it answers.',
    offline: 'You can go on working. Your changes are kept on this device and sent when you are back online.',
    'not-saved':
      'This browser could not store your latest changes. Keep this page open, and export your data to be safe.',
  },
  stepDevice: { done: 'Stored on this device', open: 'Not yet stored on this device' },
  stepServer: { done: 'On the server’s disk', open: 'Not yet on the server’s disk' },
};

export type UiMessages = typeof english;

const MessagesContext = createContext<UiMessages>(english);

export const MessagesProvider = MessagesContext.Provider;

/** The design system's words in the reader's language. */
export const useMessages = (): UiMessages => useContext(MessagesContext);
