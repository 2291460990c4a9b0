import type { Status } from '@concord/sync';

/** What somebody may do in a document. */
export type Role = NonNullable<Status['role']>;

export const ROLES: readonly Role[] = ['viewer', 'commenter', 'editor', 'owner'];

export type ShareLink = { readonly id: string; readonly role: Role; readonly expires: number | null };

export type Access = {
  /** The relay knows no accounts: whoever comes without a link may do everything. */
  readonly open: boolean;
  readonly people: Readonly<Record<string, Role>>;
  readonly links: readonly ShareLink[];
};

/** The relay did not do what was asked. `status` is HTTP's; 0 if it could not be reached. */
export class AccessError extends Error {
  override name = 'AccessError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Who may do what in one document, as its owners may ask and say. */
export class AccessList {
  readonly #room: string;
  readonly #token: string | null;

  /** `token`: who asks; null: nobody in particular, which is enough where the relay knows no accounts. */
  constructor(room: string, token: string | null) {
    this.#room = room;
    this.#token = token;
  }

  async read(): Promise<Access> {
    return (await this.#ask('GET', 'access')).json() as Promise<Access>;
  }

  /** Makes a link; its token is told here and never again. */
  async addLink(role: Role, expires: number | null): Promise<{ id: string; token: string }> {
    return (await this.#ask('POST', 'links', { role, expires })).json() as Promise<{
      id: string;
      token: string;
    }>;
  }

  async removeLink(id: string): Promise<void> {
    await this.#ask('DELETE', `links/${encodeURIComponent(id)}`);
  }

  async setPerson(user: string, role: Role): Promise<void> {
    await this.#ask('PUT', `people/${encodeURIComponent(user)}`, { role });
  }

  async removePerson(user: string): Promise<void> {
    await this.#ask('DELETE', `people/${encodeURIComponent(user)}`);
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`/rooms/${encodeURIComponent(this.#room)}/${path}`, {
        method,
        cache: 'no-store',
        headers: {
          ...(this.#token !== null && { authorization: `Bearer ${this.#token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new AccessError(0, '');
    }
    if (!response.ok) throw new AccessError(response.status, (await response.text()).trim());
    return response;
  }
}
