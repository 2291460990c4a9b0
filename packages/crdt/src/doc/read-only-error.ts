/** A change was asked of a document that takes none here. Nothing of it was done. */
export class ReadOnlyError extends Error {
  override name = 'ReadOnlyError';

  /** @internal */
  constructor(isLocked: boolean) {
    super(isLocked ? 'this document takes no changes here' : 'opened from a damaged file: read-only');
  }
}
