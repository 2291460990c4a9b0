import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { documentOf, type Role } from '@concord/sync/protocol';
import type { Identity } from './auth.ts';
import { highest } from './roles.ts';

/** A share link as it is stored: the token itself is known only to those who have it. */
export interface Link {
  readonly id: string;
  readonly role: Role;
  /** SHA-256 of the token, in base64url. */
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly expires: number | null;
}

/** Who may do what in a document. */
export interface AccessList {
  readonly people: ReadonlyMap<string, Role>;
  readonly links: readonly Link[];
  /** Whether anything is stored of the document. */
  readonly exists: boolean;
}

/** Where the lists are kept. What is resolved is on disk. */
export interface AccessStore {
  access(document: string): Promise<AccessList>;
  /** Makes the user the owner of a document of which nothing is stored, no list either. */
  claim(document: string, user: string): Promise<void>;
  /** Sets a person's role, or with null takes it away. */
  setPerson(document: string, user: string, role: Role | null): Promise<void>;
  addLink(document: string, link: Link): Promise<void>;
  removeLink(document: string, id: string): Promise<void>;
}

/** What is asked for by one connection that wants to enter a room. */
export interface Request {
  readonly room: string;
  readonly identity: Identity;
  readonly grant: string | null;
}

/** One connection's leave to be in a room, as long as it lasts. */
export interface Permit {
  readonly role: Role;
  /** To be called when the identity has changed. */
  review(): Promise<void>;
  release(): void;
}

export interface AccessOptions {
  /** Whether everybody may do anything, unless they come by a link that allows less. */
  readonly open: boolean;
  /** Whether someone signed in may begin a room, and owns it then. */
  readonly newRooms: boolean;
  readonly now: () => number;
}

interface Granted {
  readonly request: Request;
  readonly changed: (role: Role | null) => void;
  role: Role | null;
}

interface Watched {
  list: Promise<AccessList>;
  readonly granted: Set<Granted>;
  /** When the next link ends. */
  expiry: number;
}

const OPEN: Permit = { role: 'owner', review: async () => {}, release: () => {} };
const NOTHING: AccessStore = {
  access: async () => ({ people: new Map(), links: [], exists: true }),
  claim: async () => {},
  setPerson: async () => {},
  addLink: async () => {},
  removeLink: async () => {},
};
const FOR_EVER = Number.POSITIVE_INFINITY;

/** Decides who may enter and as what, and tells at once when that changes. */
export class Access {
  readonly #store: AccessStore;
  readonly #options: AccessOptions;
  readonly #watched = new Map<string, Watched>();

  /** Without a store there are no lists and no links. */
  constructor(store: AccessStore | null, options: AccessOptions) {
    this.#store = store ?? NOTHING;
    this.#options = options;
  }

  /** Whether whoever comes without a link may do everything. */
  get isOpen(): boolean {
    return this.#options.open;
  }

  /** Null if the request is refused. `changed` is called when the role becomes another, with null when it ends. */
  async admit(request: Request, changed: (role: Role | null) => void): Promise<Permit | null> {
    if (this.#options.open && request.grant === null) return OPEN;
    const document = documentOf(request.room);
    const watched = this.#watched.get(document) ?? this.#watch(document);
    const granted: Granted = { request, changed, role: null };
    watched.granted.add(granted);
    const release = (): void => {
      watched.granted.delete(granted);
      if (watched.granted.size === 0 && this.#watched.get(document) === watched)
        this.#watched.delete(document);
    };
    try {
      await this.#begin(document, watched, request);
      granted.role = this.#role(await watched.list, request);
    } catch (error) {
      release();
      throw error;
    }
    if (granted.role === null) {
      release();
      return null;
    }
    return {
      get role() {
        return granted.role ?? 'viewer';
      },
      review: async () => update(granted, this.#role(await watched.list, request)),
      release,
    };
  }

  /** The role of a caller without a connection: for the access lists themselves. */
  async roleOf(document: string, identity: Identity): Promise<Role | null> {
    if (this.#options.open) return 'owner';
    return this.#role(await this.list(document), { room: document, identity, grant: null });
  }

  list(document: string): Promise<AccessList> {
    return this.#watched.get(document)?.list ?? this.#store.access(document);
  }

  async setPerson(document: string, user: string, role: Role | null): Promise<void> {
    await this.#store.setPerson(document, user, role);
    await this.#reread(document);
  }

  /** A new share link: its id, and the token that is told only once. */
  async addLink(
    document: string,
    role: Role,
    expires: number | null,
  ): Promise<{ id: string; token: string }> {
    const id = randomBytes(9).toString('base64url');
    const token = `${id}.${randomBytes(24).toString('base64url')}`;
    await this.#store.addLink(document, { id, role, digest: digestOf(token), expires });
    await this.#reread(document);
    return { id, token };
  }

  async removeLink(document: string, id: string): Promise<void> {
    await this.#store.removeLink(document, id);
    await this.#reread(document);
  }

  /** To be called about once a second: links end by themselves. */
  sweep(): void {
    for (const watched of this.#watched.values()) {
      if (watched.expiry <= this.#options.now()) void this.#apply(watched);
    }
  }

  #watch(document: string): Watched {
    const watched: Watched = { list: this.#store.access(document), granted: new Set(), expiry: FOR_EVER };
    this.#watched.set(document, watched);
    // A list that could not be read is asked for again by the next who comes.
    watched.list.then(
      ({ links }) => {
        watched.expiry = this.#nextExpiry(links);
      },
      () => this.#watched.delete(document),
    );
    return watched;
  }

  /** Who is signed in and first in a new room owns it. */
  async #begin(document: string, watched: Watched, { identity }: Request): Promise<void> {
    const { user } = identity;
    const { exists, people } = await watched.list;
    if (exists || people.size > 0 || user === null || this.#options.open || !this.#options.newRooms) return;
    await this.#store.claim(document, user);
    watched.list = this.#store.access(document);
  }

  async #reread(document: string): Promise<void> {
    const watched = this.#watched.get(document);
    if (!watched) return;
    watched.list = this.#store.access(document);
    await this.#apply(watched);
  }

  async #apply(watched: Watched): Promise<void> {
    const list = await watched.list;
    watched.expiry = this.#nextExpiry(list.links);
    for (const granted of [...watched.granted]) update(granted, this.#role(list, granted.request));
  }

  #nextExpiry(links: readonly Link[]): number {
    const now = this.#options.now();
    return Math.min(
      ...links.map(({ expires }) => (expires !== null && expires > now ? expires : FOR_EVER)),
      FOR_EVER,
    );
  }

  #role({ people, links }: AccessList, { room, identity, grant }: Request): Role | null {
    const document = documentOf(room);
    const { user, rooms } = identity;
    const own = user === null ? null : highest([people.get(user), claimed(rooms, document)]);
    return highest([own, grant === null ? null : this.#granted(links, grant)]);
  }

  #granted(links: readonly Link[], grant: string): Role | null {
    const digest = digestOf(grant);
    const link = links.find((one) => timingSafeEqual(Buffer.from(one.digest), Buffer.from(digest)));
    return link && (link.expires ?? FOR_EVER) > this.#options.now() ? link.role : null;
  }
}

function update(granted: Granted, role: Role | null): void {
  if (role === granted.role) return;
  granted.role = role;
  granted.changed(role);
}

/** What the token itself grants: a room by its name, or all of a kind. */
function claimed(rooms: Readonly<Record<string, Role>>, document: string): Role | null {
  const pattern = `${document.slice(0, document.indexOf('/'))}/*`;
  const of = (key: string): Role | null => (Object.hasOwn(rooms, key) ? (rooms[key] ?? null) : null);
  return highest([of(document), of(pattern)]);
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
