import type { ReplicaId } from '@concord/crdt';
import { sameFaces, usePeople, useView } from '@concord/react';
import type { Session, SimulatedNetwork } from '@concord/sync';
import { createContext, useContext } from 'react';
import type { Comments } from './comments/comments.ts';
import type { AppDefinition, Mode, TitledSchema } from './definition.ts';
import type { Look } from './history/history.ts';
import type { DocumentAddress } from './local/address.ts';
import type { Identity } from './local/identity.ts';
import type { SocialSchema } from './social/schema.ts';
import { authorOf } from './social/social.ts';

/** An open document with all that stands around it. */
export type Shell = {
  readonly address: DocumentAddress;
  /** The name in `?as=`: a person of their own on this page. */
  readonly as: string | null;
  readonly self: Identity;
  readonly session: Session<TitledSchema>;
  /** What people say about the document. It is ready when the document is. */
  readonly social: Session<SocialSchema>;
  readonly comments: Comments;
  readonly network: SimulatedNetwork;
  readonly app: AppDefinition<TitledSchema>;
  /** What this user may do here. */
  readonly mode: Mode;
  /** The panel that is open, by its name in `PANELS`, and what of it, in the panel's own words. */
  readonly panel: { readonly id: string; readonly subject: string | null } | null;
  readonly openPanel: (id: string, subject?: string) => void;
  readonly closePanel: () => void;
  /** The past version that is looked at; null: the document as it is. */
  readonly past: Look | null;
  readonly lookAt: (look: Look | null) => void;
};

export const ShellContext = createContext<Shell | null>(null);

/** The shell around the calling component. Throws outside of an open document. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('There is no open document around this component.');
  return shell;
}

/** Tells who is behind a replica id: this user, someone who is here, or someone who once was. */
export function useAuthors(): (replica: ReplicaId) => Identity | null {
  const { session, social, self } = useShell();
  const peers = usePeople(session, sameFaces);
  useView(social, (view) => view.authors);
  return (replica) => {
    if (replica === session.doc.replica) return self;
    return peers.find((peer) => peer.replica === replica) ?? authorOf(social, replica);
  };
}
