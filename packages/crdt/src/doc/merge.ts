import { DecodeError } from '../bytes/index.ts';
import type { VersionVector } from '../core/version.ts';
import type { EncodedChange } from './change.ts';

/** A document from somebody's file, as far as merging it goes. */
interface Source {
  hasHistory(version: VersionVector): boolean;
  changesSince(version: VersionVector): readonly EncodedChange[];
}

/**
 * The bytes of what `version` lacks of a document whose file may have been made to do harm: its checksums are right, but
 * it may say of its texts what cannot be, which only shows when its changes are cut. Throws DecodeError.
 */
export function lacking(source: Source, version: VersionVector): Uint8Array[] {
  if (!source.hasHistory(version)) throw new DecodeError('saved without the history that is lacking here');
  try {
    return source.changesSince(version).map(({ bytes }) => bytes);
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    throw new DecodeError(`contradicts itself: ${error instanceof Error ? error.message : String(error)}`);
  }
}
