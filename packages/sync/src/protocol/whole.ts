import { DecodeError } from '@concord/crdt/bytes';
import { changeHeader } from '@concord/crdt/core';
import type { Change } from './frames.ts';

/**
 * Whether a change is undamaged and is what its frame says. Who could send one change under another's name would
 * have that one's real changes taken for duplicates.
 */
export function isWhole({ replica, from, to, bytes }: Change): boolean {
  try {
    const header = changeHeader(bytes);
    return header.replica === replica && header.from === from && header.to === to;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
