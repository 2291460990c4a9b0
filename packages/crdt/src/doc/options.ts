import type { ReplicaId } from '../core/ids.ts';
import type { EncodedChange } from './change.ts';

export interface DocOptions {
  /** Who writes here. Never shared by two live documents. Default: fresh and random. */
  readonly replica?: ReplicaId;
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** The most that a file may come to when it is inflated, in bytes. Default: 512 MiB. */
  readonly limit?: number;
  /**
   * Is shown each change that is made here, before it counts, and what makes it. If it throws, the document and its undo
   * steps are as they were before, and the error goes on. Not asked where there is no history to go back by.
   */
  readonly admit?: (change: EncodedChange, by: MadeBy) => void;
}

/** What makes a change here: an edit, an undo, a redo, or a return to an earlier version. */
export type MadeBy = 'edit' | 'undo' | 'redo' | 'revert';

export interface SaveOptions {
  /** False leaves out what is only needed to tell the past, or to bring others up to date. Default true. */
  readonly history?: boolean;
  /** True adds the undo steps, which are nobody else's business. Default false. */
  readonly undo?: boolean;
}

export interface ChangeOptions {
  /** Names the step for undo. Changes with one label within 500 ms are one step. Default 'Edit'. */
  readonly label?: string;
  /** False keeps the change out of the undo stack. */
  readonly undoable?: boolean;
}

export interface UndoOptions {
  /** Only steps that touch the container at this path, or one below it. Default: all. */
  readonly scope?: string;
}
