import { useCallback, useEffect, useState } from 'react';
import { type Access, AccessError, AccessList } from './access.ts';
import { currentToken } from './token.ts';
import { words } from './words.ts';

/** What is known of who may do what. */
export type AccessState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'owner'; readonly access: Access }
  | { readonly kind: 'refused'; readonly why: 'not-owner' | 'signed-out' }
  | { readonly kind: 'failed'; readonly message: string };

export const messageOf = (error: unknown): string => {
  if (!(error instanceof AccessError)) throw error;
  return error.status === 0 ? words.unreachable : words.failed(error.message);
};

function refusal(error: unknown, signedIn: boolean): AccessState {
  const status = error instanceof AccessError ? error.status : null;
  if (status === 403 || (status === 404 && signedIn)) return { kind: 'refused', why: 'not-owner' };
  if (status === 401 || status === 404) return { kind: 'refused', why: 'signed-out' };
  return { kind: 'failed', message: messageOf(error) };
}

/**
 * Who may do what in a room, and the way to change it: `run` asks the relay, reads the list again, and resolves to what
 * the relay said, or throws AccessError.
 */
export function useAccess(room: string) {
  const [state, setState] = useState<AccessState>({ kind: 'loading' });
  const read = useCallback(async (): Promise<void> => {
    const token = await whoAsks();
    try {
      setState({ kind: 'owner', access: await new AccessList(room, token).read() });
    } catch (error) {
      setState(refusal(error, token !== null));
    }
  }, [room]);
  useEffect(() => void read(), [read]);
  const run = useCallback(
    async <T>(act: (list: AccessList) => Promise<T>): Promise<T> => {
      const result = await act(new AccessList(room, await whoAsks()));
      await read();
      return result;
    },
    [room, read],
  );
  return { state, read, run };
}

/** A token that cannot be had just now is none: the relay then says what that means. */
const whoAsks = async (): Promise<string | null> => {
  try {
    return await currentToken(false);
  } catch {
    return null;
  }
};

export type RunAccess = ReturnType<typeof useAccess>['run'];
