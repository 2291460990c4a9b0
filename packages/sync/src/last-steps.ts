import { type ReplicaId, replicaId } from '@concord/crdt';
import { crc32c } from '@concord/crdt/bytes';
import { isReload, tabMemory } from './browser.ts';

/** The undo steps of the tab that had `replica`, whose changes were those below `next`. */
export interface LastSteps {
  readonly replica: ReplicaId;
  readonly next: number;
  /** As `saveUndo` gave it. */
  readonly undo: Uint8Array;
}

/** More than this is left to the store: a tab's own memory is small, and all documents share it. */
const MOST = 512 * 1024;

/**
 * Keeps the steps in this tab's own memory, besides the store: what a page writes to a database while it goes away can be
 * aborted with it, and is then missing after a reload.
 */
export function keepSteps(name: string, { replica, next, undo }: LastSteps): void {
  if (undo.length > MOST) return;
  const letters = Array.from(undo, (byte) => String.fromCharCode(byte)).join('');
  tabMemory.set(keyOf(name), JSON.stringify([replica, next, crc32c(undo), btoa(letters)]));
}

/**
 * Gives them back to the same page reloaded, and to nobody later: a tab may be duplicated, and while it was elsewhere
 * another may have gone on with them.
 */
export function takeSteps(name: string): LastSteps | null {
  const kept = tabMemory.get(keyOf(name));
  if (kept === null) return null;
  tabMemory.remove(keyOf(name));
  if (!isReload()) return null;
  try {
    const [replica, next, crc, letters]: unknown[] = JSON.parse(kept);
    if (typeof replica !== 'string' || !Number.isSafeInteger(next) || typeof letters !== 'string')
      return null;
    const undo = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    return crc32c(undo) === crc ? { replica: replicaId(replica), next: Number(next), undo } : null;
  } catch {
    return null;
  }
}

const keyOf = (name: string): string => `${name}/undo`;
