import { type Frame, newReplicaId, type Role } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesOf } from './testing/changes.ts';
import { type Person, settle, TestRelay, tokenOf } from './testing/test-relay.ts';

const ROOM = 'docs/a';
const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const satisfies readonly Role[];
/** Besides the roles: not let in, joined nothing, and did not even say HELLO. */
type Standing = Role | 'nobody' | 'not joined' | 'not greeted';
/** What becomes of a frame. `closed`: the line ends. */
type Fate = 'taken' | 'forbidden' | 'not-joined' | 'closed';

const write = { owner: 'taken', editor: 'taken', commenter: 'forbidden', viewer: 'forbidden' } as const;
const all = { owner: 'taken', editor: 'taken', commenter: 'taken', viewer: 'taken' } as const;
const outside = { nobody: 'not-joined', 'not joined': 'not-joined', 'not greeted': 'closed' } as const;
const closed = {
  owner: 'closed',
  editor: 'closed',
  commenter: 'closed',
  viewer: 'closed',
  nobody: 'closed',
  'not joined': 'closed',
  'not greeted': 'closed',
} as const;

/** Every type of frame that there is, so that a new one fails to compile until it is decided here. */
const TABLE: Readonly<Record<Exclude<Frame['type'], 'fragment'>, Readonly<Record<Standing, Fate>>>> = {
  hello: { ...closed, 'not greeted': 'taken' },
  join: { ...all, nobody: 'forbidden', 'not joined': 'taken', 'not greeted': 'closed' },
  leave: { ...all, nobody: 'taken', 'not joined': 'taken', 'not greeted': 'closed' },
  ops: { ...write, ...outside },
  presence: { ...all, ...outside },
  // One that nobody asked for is refused by its size alone.
  snapshot: closed,
  attest: { ...write, ...outside },
  'auth-refresh': { ...all, nobody: 'taken', 'not joined': 'taken', 'not greeted': 'closed' },
  // What only relays send.
  welcome: closed,
  joined: closed,
  'caught-up': closed,
  ack: closed,
  reject: closed,
  role: closed,
  auth: closed,
  'want-snapshot': closed,
  peer: closed,
};

function frame(type: keyof typeof TABLE, { replica }: Person, user: string): Frame {
  const version = new Map();
  const handle = 1;
  switch (type) {
    case 'hello':
      return { type, oldest: 1, newest: 2, replica, token: null };
    case 'welcome': {
      const limits = { frame: 0, message: 0, changes: 0, bytes: 0, presence: 0 };
      return { type, version: 2, session: 's', limits, user: null, expires: null };
    }
    case 'join':
      return { type, handle, room: ROOM, epoch: '', version };
    case 'joined':
      return { type, handle, epoch: '', role: 'owner', version, head: 0 };
    case 'caught-up':
    case 'leave':
      return { type, handle };
    case 'ops':
      return { type, handle, changes: changesOf(replica, 0, 1) };
    case 'ack':
      return { type, handle, level: 'durable', version };
    case 'reject':
      return { type, handle, code: 'rate', retryAfter: 1, detail: '' };
    case 'role':
      return { type, handle, role: 'owner' };
    case 'auth-refresh':
      return { type, token: tokenOf(user) };
    case 'auth':
      return { type, user: null, expires: null, warn: false };
    case 'want-snapshot':
      return { type, handle, want: 'snapshot', version };
    case 'snapshot':
      return { type, handle, version, stateHash: 'h', bytes: Uint8Array.of(1) };
    case 'attest':
      return { type, handle, version, stateHash: 'h' };
    case 'presence':
      return { type, handle, state: Uint8Array.of(1) };
    case 'peer':
      return { type, handle, replica: newReplicaId(), user: null, state: null };
  }
}

describe('who may send what', () => {
  let relay: TestRelay;
  beforeEach(async () => {
    relay = new TestRelay({ asks: true });
    await relay.access.setPerson(ROOM, 'olga', 'owner');
    for (const role of ROLES) await relay.access.setPerson(ROOM, role, role);
  });
  afterEach(() => relay.close());

  async function stand(standing: Standing): Promise<Person> {
    if (standing === 'not greeted') return relay.silent();
    const one = await relay.person(tokenOf(standing === 'not joined' ? 'editor' : standing));
    if (standing !== 'not joined') await one.join(ROOM);
    one.socket.frames.length = 0;
    return one;
  }

  const standings: Standing[] = [...ROLES, 'nobody', 'not joined', 'not greeted'];
  const cases = Object.entries(TABLE).flatMap(([type, row]) =>
    standings.map((standing) => [standing, type as keyof typeof TABLE, row[standing]] as const),
  );

  it.each(cases)('[A1] %s sends %s: %s', async (standing, type, fate) => {
    const witness = await relay.person(tokenOf('olga'));
    await witness.join(ROOM);
    const one = await stand(standing);
    one.say(frame(type, one, standing === 'not joined' ? 'editor' : standing));
    await settle();
    if (fate === 'closed') {
      expect(one.socket.closed).toBeGreaterThanOrEqual(4400);
      return;
    }
    expect(one.socket.closed).toBeNull();
    const rejects = one.socket.frames.flatMap((f) => (f.type === 'reject' ? [f.code] : []));
    expect(rejects).toEqual(fate === 'taken' ? [] : [fate]);
    // And a refused change reaches neither the others nor the disk.
    const reached = type === 'ops' && fate === 'taken' ? 1 : 0;
    expect(witness.socket.count('ops')).toBe(reached);
    expect((await relay.log.find(ROOM))?.version.size ?? 0).toBe(reached);
  });

  it('[A2] a commenter may write comments, and read the document', async () => {
    const one = await relay.person(tokenOf('commenter'));
    await one.join(`${ROOM}#comments`, { handle: 2 });
    one.say({ type: 'ops', handle: 2, changes: changesOf(one.replica, 0, 1) });
    await settle();
    expect(one.socket.frames.at(-1)).toMatchObject({ type: 'ack', handle: 2 });
    expect((await relay.log.find(`${ROOM}#comments`))?.version.size).toBe(1);
    const viewer = await relay.person(tokenOf('viewer'));
    await viewer.join(`${ROOM}#comments`);
    viewer.say({ type: 'ops', handle: 1, changes: changesOf(viewer.replica, 0, 1) });
    await settle();
    expect(viewer.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden' });
  });
});
