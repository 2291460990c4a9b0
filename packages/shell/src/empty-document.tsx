import type { Status } from '@concord/sync';
import { EmptyState } from '@concord/ui';
import { createContext, type ReactNode, useContext } from 'react';
import { Loading } from './loading.tsx';
import { useMayEdit } from './mode.tsx';
import { words } from './words.ts';

/** Whether more of the document may come any moment: the relay was asked, and neither answered nor is out of reach. */
export const isAwaited = ({ remote }: Pick<Status, 'remote'>): boolean => remote === 'connecting';

/** See `isAwaited`. A context of its own: an app is drawn again when it changes, not with each status. */
export const AwaitedContext = createContext(false);

/** Whether what is empty now may only be on its way. */
export const useAwaited = (): boolean => useContext(AwaitedContext);

/** What a document without content shows: what one can begin with, once it is known that nothing is there. */
export function EmptyDocument({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  const awaited = useAwaited();
  const mayEdit = useMayEdit();
  if (awaited) return <Loading />;
  if (mayEdit) return children;
  return (
    <EmptyState title={words.nothingYet} icon={icon}>
      {words.nothingYetMeaning}
    </EmptyState>
  );
}
