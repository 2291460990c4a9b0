import type { Json } from '@concord/crdt';

/** What an app tells of where people are in a document. */
export interface Whereabouts<Session> {
  /**
   * Brings into view where somebody is, by what their app said of it in their presence; it comes from outside, and may
   * be anything. False if they are nowhere that this screen shows.
   */
  reveal(session: Session, data: Json): boolean;
}
