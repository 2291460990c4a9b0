import { ReadOnlyError } from '@concord/crdt';
import type { Session, Status } from '@concord/sync';
import { toast } from '@concord/ui';
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect } from 'react';
import type { Mode, TitledSchema } from './definition.ts';
import type { SocialSchema } from './social/schema.ts';
import { words } from './words.ts';

type Role = Status['role'];

const modeFor = (role: Role): Mode =>
  role === 'viewer' ? 'view' : role === 'commenter' ? 'comment' : 'edit';

/**
 * What the relay lets this user do. As long as it has not said, what it said the last time; if it never did,
 * everything: what is not allowed then stays here.
 */
export const modeOf = ({ role, refusal }: Pick<Status, 'role' | 'refusal'>, last: Role = null): Mode =>
  refusal === 'forbidden' ? 'view' : modeFor(role ?? last);

/** A context of its own: what asks for the mode is not drawn again when a panel opens. */
export const ModeContext = createContext<Mode>('edit');

/** What this user may do here; renders again when that changes. */
export const useMode = (): Mode => useContext(ModeContext);

/** Whether this user may change the document: without it nothing that does is offered. */
export const useMayEdit = (): boolean => useMode() === 'edit';

/** What only those who may change the document get to see. */
export const EditOnly = ({ children }: { children: ReactNode }) => (useMayEdit() ? children : null);

/** Fields and buttons that change the document: shown to all, and dead for those who may not. */
export const EditFields = ({ children }: { children: ReactNode }) => (
  <fieldset role="presentation" className="cc-edit-fields" disabled={!useMayEdit()}>
    {children}
  </fieldset>
);

/** Locks both documents as the mode says, so that nothing gets past the interface; a change that tries is told of. */
export function useLocks(session: Session<TitledSchema>, social: Session<SocialSchema>, mode: Mode): void {
  useLayoutEffect(() => {
    session.doc.isLocked = mode !== 'edit';
    social.doc.isLocked = mode === 'view';
  }, [session, social, mode]);
  useEffect(() => {
    const onError = (event: ErrorEvent | PromiseRejectionEvent): void => {
      const error = event instanceof ErrorEvent ? event.error : event.reason;
      if (!(error instanceof ReadOnlyError)) return;
      event.preventDefault();
      toast({ key: 'read-only', title: words.notChanged });
    };
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onError);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onError);
    };
  }, []);
}
