import { type Json, map, object, type View } from '@concord/crdt';

/** How somebody was called when they wrote under a replica id. */
export type Author = { readonly name: string; readonly colour: number };

export const isAuthor = (value: Json | undefined): value is Author =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'colour' in value &&
  typeof value.colour === 'number';

/**
 * What people say about a document, in a room of its own beside it (`<kind>/<id>#comments`): there whoever may comment
 * may write, and the document itself stays what its schema says.
 *
 * - `authors`: by replica id of the document.
 */
export const socialSchema = object({
  authors: map<Author>(),
});

export type SocialSchema = typeof socialSchema;
export type SocialView = View<SocialSchema>;
