import { useEffect, useRef } from 'react';
import { type Beginning, takeBeginning } from '../local/beginning.ts';
import { useShell } from '../shell.tsx';

/** Puts in what the document shall begin with, once `begin` is there and if the document is still empty. */
export function useBeginning(begin: ((beginning: Beginning) => void | Promise<void>) | null): void {
  const { address, session } = useShell();
  const asked = useRef(false);
  useEffect(() => {
    if (begin === null || asked.current) return;
    asked.current = true;
    const beginning = takeBeginning(address);
    if (beginning && session.doc.version.size === 0) void begin(beginning);
  }, [begin, address, session]);
}
