import type { IncomingMessage, ServerResponse } from 'node:http';
import { isComments, isRoomName, type Role } from '@concord/sync/protocol';
import type { Access } from './access.ts';
import { AuthError, type Authenticate, type Identity, NOBODY } from './auth.ts';
import { respond, respondJson } from './http.ts';
import { isRole } from './roles.ts';
import { readBody } from './sse.ts';

const MAX_BODY = 4096;
const MAX_USER = 128;
const PATH = /^\/rooms\/([^/?]+|[a-z]+\/[\w-]+)\/(access|links|people)(?:\/([^/?]+))?$/;

/** A request that cannot be served. The message is for the person who made it. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Who may do what, over HTTP; for owners only. `GET /rooms/ROOM/access`, `POST …/links {role, expires?}`,
 * `DELETE …/links/ID`, `PUT …/people/USER {role}`, `DELETE …/people/USER`. The token goes in `Authorization: Bearer …`.
 * True if the request was one of these.
 */
export function accessApi(access: Access, authenticate: Authenticate) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const [, roomPart, kind, subject] = PATH.exec(req.url ?? '') ?? [];
    if (!roomPart || !kind) return false;
    try {
      const room = decode(roomPart);
      if (!isRoomName(room) || isComments(room)) throw new Refusal(400, 'Not the name of a room.');
      const role = await access.roleOf(room, await identify(req, authenticate));
      if (role !== 'owner')
        throw new Refusal(role ? 403 : 404, role ? 'Only an owner may.' : 'No such room.');
      await serve(access, room, kind, subject === undefined ? null : decode(subject), req, res);
    } catch (error) {
      if (error instanceof Refusal) respond(res, error.status, `${error.message}\n`);
      else respond(res, 503, 'This cannot be done now.\n');
    }
    return true;
  };
}

async function serve(
  access: Access,
  room: string,
  kind: string,
  subject: string | null,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const what = `${req.method} ${kind}${subject === null ? '' : '/'}`;
  const { people, links } = await access.list(room);
  switch (what) {
    case 'GET access':
      respondJson(res, 200, {
        open: access.isOpen,
        people: Object.fromEntries(people),
        links: links.map(({ id, role, expires }) => ({ id, role, expires })),
      });
      return;
    case 'POST links': {
      const { role, expires } = await readRequest(req);
      respondJson(res, 201, await access.addLink(room, role, expires));
      return;
    }
    case 'DELETE links/':
      if (!links.some(({ id }) => id === subject)) throw new Refusal(404, 'No such link.');
      await access.removeLink(room, subject ?? '');
      break;
    case 'PUT people/': {
      const { role } = await readRequest(req);
      if (!subject || subject.length > MAX_USER) throw new Refusal(400, 'Not the name of a user.');
      keepAnOwner(people, subject, role);
      await access.setPerson(room, subject, role);
      break;
    }
    case 'DELETE people/':
      if (!subject || !people.has(subject)) throw new Refusal(404, 'No such person here.');
      keepAnOwner(people, subject, null);
      await access.setPerson(room, subject, null);
      break;
    default:
      throw new Refusal(405, 'Not possible here.');
  }
  res.writeHead(204).end();
}

function keepAnOwner(people: ReadonlyMap<string, Role>, user: string, role: Role | null): void {
  const others = [...people].filter(([name, held]) => held === 'owner' && name !== user);
  if (people.get(user) === 'owner' && role !== 'owner' && others.length === 0)
    throw new Refusal(409, 'A room keeps at least one owner: name another one first.');
}

async function identify(req: IncomingMessage, authenticate: Authenticate): Promise<Identity> {
  const [, token] = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '') ?? [];
  if (!token) return NOBODY;
  try {
    return await authenticate(token);
  } catch (error) {
    if (error instanceof AuthError) throw new Refusal(401, error.message);
    throw error;
  }
}

async function readRequest(req: IncomingMessage): Promise<{ role: Role; expires: number | null }> {
  // A foreign page cannot send this type without being asked for leave first.
  if (!/^application\/json\b/.test(req.headers['content-type'] ?? ''))
    throw new Refusal(415, 'Content-Type must be application/json.');
  const body = await readBody(req, MAX_BODY);
  if (!body) throw new Refusal(413, 'Too much.');
  let value: { role?: unknown; expires?: unknown };
  try {
    value = Object(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw new Refusal(400, 'Not JSON.');
  }
  const { role, expires = null } = value;
  if (!isRole(role)) throw new Refusal(400, '"role" is not viewer, commenter, editor or owner.');
  if (expires !== null && !(typeof expires === 'number' && Number.isSafeInteger(expires) && expires > 0))
    throw new Refusal(400, '"expires" is not a time in milliseconds since 1970.');
  return { role, expires: expires as number | null };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, 'Not an address here.');
  }
}
