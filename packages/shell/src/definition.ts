import type { DocEvent } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { ComponentType } from 'react';
import type { CommentSubjects } from './comments/subject.ts';
import type { Whereabouts } from './follow/whereabouts.ts';
import type { AppHistory } from './history/history.ts';
import type { ConflictViews } from './inbox/conflict-views.ts';
import type { DocumentKind } from './local/address.ts';
import type { Identity } from './local/identity.ts';
import type { TitledSchema } from './titled.ts';

export type { TitledSchema } from './titled.ts';

/** What this user may do with a document: everything, only comment, only read. */
export type Mode = 'edit' | 'comment' | 'view';

export type AppProps<S extends TitledSchema> = {
  readonly session: Session<S>;
  /** This user, as the others see them. */
  readonly self: Identity;
  /** Short of `edit` the app offers nothing that changes the document, and its doc refuses changes. */
  readonly mode: Mode;
};

/** What must be known of an app to open one of its documents. */
export type DocumentDefinition<S extends TitledSchema> = {
  readonly kind: DocumentKind;
  readonly schema: S;
};

/** What must be known of an app to show a document: fetched while the document is opened. */
export type ViewDefinition<S extends TitledSchema> = {
  /** Rendered once the local store is loaded, inside the frame. */
  readonly App: ComponentType<AppProps<S>>;
  /** What people comment on. */
  readonly comments?: CommentSubjects<Session<S>>;
  /** Where people are: without it nobody can be followed. */
  readonly whereabouts?: Whereabouts<Session<S>>;
  /**
   * Brings what an undo or redo changed into view, and calls `flash` with what shows it, if anything here does. Asked
   * once the change is drawn.
   */
  readonly reveal?: (session: Session<S>, event: DocEvent, flash: (element: Element) => void) => void;
  /** What its past looks like; fetched when somebody asks for it. */
  readonly history?: () => Promise<{ readonly default: AppHistory<S> }>;
  /** How what two people changed at the same time is told. Loaded when it is first looked for. */
  readonly conflicts?: () => Promise<ConflictViews<Session<S>>>;
};

/** One app, as far as the shell must know it. */
export type AppDefinition<S extends TitledSchema> = DocumentDefinition<S> & ViewDefinition<S>;
