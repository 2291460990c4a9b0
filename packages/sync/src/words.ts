/** Everything that this package says to a person. */
export const words = {
  erased: 'This document was erased or reset on the server. Your copy is only on this device.',
  held: (why: string) =>
    `The server does not take a change: ${why} It is kept on this device, with what was made after it.`,
  tooLarge: 'It is too large.',
  refused: 'It was refused.',
  readOnly: 'You may read this document, not change it. Your changes are kept on this device only.',
  notAllowed: 'You may not open this document.',
  revoked: 'Your access to this document has ended.',
  connectionRefused: (code: number) => `The server refused the connection (${code}).`,
  damaged:
    'A part of the copy on this device is damaged. It was set aside, and the server is asked for it again.',
  unreadable: (count: number) => `${count} changes of others could not be read.`,
  noStore: (error: unknown) => `This browser stores nothing: ${messageOf(error)}`,
  storeError: (error: unknown): string => {
    const name = error instanceof Error ? error.name : '';
    if (name === 'QuotaExceededError')
      return 'The storage of this device is full. New changes are not kept here.';
    if (name === 'VersionError' || name === 'InvalidStateError')
      return 'A newer version of this app is open in another tab. Reload this page to keep changes on this device again.';
    return `This device does not keep changes: ${messageOf(error)}`;
  },
} as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
