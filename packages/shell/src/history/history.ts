import type { ReplicaId, VersionVector, View } from '@concord/crdt';
import type { Session } from '@concord/sync';
import type { ComponentType } from 'react';
import type { Identity } from '../local/identity.ts';
import type { TitledSchema } from '../titled.ts';

/** What became of one thing between two versions. */
export type TraceKind = 'added' | 'removed' | 'moved' | 'changed';

/** One thing that is not what it was, in the app's words. */
export type Trace = {
  /** The app's own name for the thing: a card, a list, a block, a task. */
  readonly key: string;
  readonly kind: TraceKind;
  /** What the reader calls it. */
  readonly name: string;
  /** Of what was moved to somewhere else: where it was and where it is. */
  readonly between?: { readonly from: string; readonly to: string };
  /** Of what was moved within its list: its place before and now, counted from 1, and the list if it has a name. */
  readonly within?: { readonly from: number; readonly to: number; readonly group?: string };
};

/** What an app shows a past version with. */
export type PastProps<S extends TitledSchema> = {
  /** Stands still: its document shows the version, refuses changes, and knows of nobody else. */
  readonly session: Session<S>;
  /** The document as it goes on underneath, for questions about its history. */
  readonly live: Session<S>;
  readonly self: Identity;
  readonly version: VersionVector;
  /** What it is compared with. */
  readonly since: VersionVector;
  readonly before: View<S>;
  readonly authorOf: (replica: ReplicaId) => Identity | null;
};

/** How an app takes part in the history. */
export type AppHistory<S extends TitledSchema> = {
  /** The app's own view of a past version, that shows what became of text. Default: the app itself. */
  readonly Past?: ComponentType<PastProps<S>>;
  /** The field that holds the document's text, if it has one: it is known letter by letter who wrote it. */
  readonly text?: string;
  /** What is not what it was. Empty where all of it shows in the text. */
  readonly traces: (before: View<S>, after: View<S>) => readonly Trace[];
  /** The parts of the document by the names of their fields, as the reader calls them. */
  readonly areas: () => Readonly<Record<string, string>>;
};

/** A version that somebody looks at. */
export type Look = {
  readonly version: VersionVector;
  readonly since: VersionVector;
  /** By whom: for the banner, and for what has no author of its own. */
  readonly replicas: readonly ReplicaId[];
  readonly time: number;
};
