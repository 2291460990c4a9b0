import { type Json, lww, map, object, record, type View } from '@concord/crdt';

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
 * - `people`: who writes or comments, by the id of their browser: what somebody wrote stays theirs under another name.
 * - `threads`: what they say, and of what. `subjects` are JSON of `Subject` (comments/subject.ts), by the number of those
 *   before it. `edited` is 0, or when.
 *   `named` is who is named in the text: the name that stands there, by the id of their browser, which may be no key of `people`.
 */
export const socialSchema = object({
  authors: map<Author>(),
  people: map<Author>(),
  threads: record(
    object({
      subjects: map<Json>(),
      quote: lww(''),
      resolved: lww<Json>(null),
      messages: record(
        object({ by: lww(''), at: lww(0), text: lww(''), edited: lww(0), named: lww<Json>(null) }),
      ),
    }),
  ),
});

export type SocialSchema = typeof socialSchema;
export type SocialView = View<SocialSchema>;
