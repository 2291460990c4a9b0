import type { Command, LazyView } from '@concord/ui';
import type { ReactNode } from 'react';
import type { Shell } from '../shell.tsx';

/** Something that opens beside the document. It draws a <SidePanel> (or a dialog) and finds the rest in `useShell()`. */
export type Panel = {
  readonly title: () => string;
  readonly icon: ReactNode;
  /** A shortcut in the form of `Kbd`. */
  readonly keys?: string;
  /**
   * `bar`: a button in the top bar where there is room, `waiting`: only while something waits; everywhere a line of the
   * "More" menu and a command.
   */
  readonly place: 'bar' | 'waiting' | 'menu';
  readonly View: LazyView<object>;
  /** It stands above the document, not beside it. */
  readonly isDialog?: true;
  /** A hook: how many things wait to be looked at here. */
  readonly useCount?: () => number;
  /** A hook that runs as long as the document is open. */
  readonly useWatch?: () => void;
  /** What else can be done with it from anywhere in the document. */
  readonly commands?: (shell: Shell) => readonly Command[];
};
