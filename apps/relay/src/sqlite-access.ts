import type { DatabaseSync } from 'node:sqlite';
import type { Role } from '@concord/sync/protocol';
import type { AccessList, AccessStore, Link } from './access.ts';
import { isErased } from './sqlite-rooms.ts';

/** Access lists, in the log's SQLite file. */
export class SqliteAccess implements AccessStore {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  async access(document: string): Promise<AccessList> {
    const people = this.#db.prepare('SELECT user, role FROM people WHERE room = ?').all(document);
    const links = this.#db
      .prepare('SELECT id, role, digest, expires FROM links WHERE room = ?')
      .all(document);
    const room = this.#db.prepare('SELECT 1 FROM rooms WHERE name = ?').get(document);
    return {
      people: new Map((people as unknown as { user: string; role: Role }[]).map((p) => [p.user, p.role])),
      links: links as unknown as Link[],
      exists: room !== undefined || isErased(this.#db, document),
    };
  }

  async claim(document: string, user: string): Promise<void> {
    if (isErased(this.#db, document)) return;
    this.#db
      .prepare(
        `INSERT INTO people (room, user, role) SELECT ?1, ?2, 'owner'
         WHERE NOT EXISTS (SELECT 1 FROM people WHERE room = ?1)
         AND NOT EXISTS (SELECT 1 FROM rooms WHERE name = ?1)`,
      )
      .run(document, user);
  }

  async setPerson(document: string, user: string, role: Role | null): Promise<void> {
    if (role === null) {
      this.#db.prepare('DELETE FROM people WHERE room = ? AND user = ?').run(document, user);
      return;
    }
    this.#db
      .prepare(
        'INSERT INTO people (room, user, role) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role',
      )
      .run(document, user, role);
  }

  async addLink(document: string, { id, role, digest, expires }: Link): Promise<void> {
    this.#db
      .prepare('INSERT INTO links (id, room, role, digest, expires) VALUES (?, ?, ?, ?, ?)')
      .run(id, document, role, digest, expires);
  }

  async removeLink(document: string, id: string): Promise<void> {
    this.#db.prepare('DELETE FROM links WHERE room = ? AND id = ?').run(document, id);
  }
}
