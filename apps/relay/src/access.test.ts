import { CloseCode, newReplicaId, type Role } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesOf } from './testing/changes.ts';
import { type Person, settle, TestRelay, tokenOf } from './testing/test-relay.ts';

const ROOM = 'docs/a';

function roles({ socket }: Person): (Role | null)[] {
  return socket.frames.flatMap((frame) =>
    frame.type === 'joined' || frame.type === 'role' ? [frame.role] : [],
  );
}

describe('access', () => {
  let relay: TestRelay;
  beforeEach(() => {
    relay = new TestRelay({ asks: true });
  });
  afterEach(() => relay.close());

  const enter = async (token: string | null, grant?: string, room = ROOM): Promise<Person> => {
    const one = await relay.person(token);
    await one.join(room, grant === undefined ? {} : { grant });
    return one;
  };

  it('[A3] who is signed in and first owns the room; the next is refused until let in', async () => {
    const ana = await enter(tokenOf('ana'));
    expect(roles(ana)).toEqual(['owner']);
    const bo = await enter(tokenOf('bo'));
    expect(bo.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden' });
    await relay.access.setPerson(ROOM, 'bo', 'viewer');
    await bo.join(ROOM);
    expect(roles(bo)).toEqual(['viewer']);
  });

  it('[A3] where NEW_ROOMS=nobody, a new room is nobody’s', async () => {
    const strict = new TestRelay({ asks: true, newRooms: false });
    const ana = await strict.person(tokenOf('ana'));
    await ana.join(ROOM);
    expect(ana.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden' });
    await strict.close();
  });

  it('[A4] a token’s own rooms count, by name and by kind, and no further', async () => {
    await relay.access.setPerson(ROOM, 'someone', 'owner');
    const rooms = { 'docs/a': 'viewer', 'board/*': 'editor' } as const;
    const one = await enter(tokenOf('ana', { rooms }));
    expect(roles(one)).toEqual(['viewer']);
    await relay.access.setPerson('board/x', 'someone', 'owner');
    expect(roles(await enter(tokenOf('ana', { rooms }), undefined, 'board/x'))).toEqual(['editor']);
    await relay.access.setPerson('docs/b', 'someone', 'owner');
    expect(roles(await enter(tokenOf('ana', { rooms }), undefined, 'docs/b'))).toEqual([]);
  });

  it('[A5] a role taken away or changed is felt at once, also by those inside', async () => {
    await relay.access.setPerson(ROOM, 'ana', 'owner');
    await relay.access.setPerson(ROOM, 'bo', 'editor');
    const bo = await enter(tokenOf('bo'));
    await relay.access.setPerson(ROOM, 'bo', 'viewer');
    await settle();
    expect(roles(bo)).toEqual(['editor', 'viewer']);
    bo.say({ type: 'ops', handle: 1, changes: changesOf(bo.replica, 0, 1) });
    await settle();
    expect(bo.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden' });
    await relay.access.setPerson(ROOM, 'bo', null);
    await settle();
    expect(roles(bo)).toEqual(['editor', 'viewer', null]);
    const before = bo.socket.frames.length;
    const ana = await enter(tokenOf('ana'));
    ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 0, 1) });
    await settle();
    expect(bo.socket.frames.length).toBe(before);
    expect(await relay.log.find(ROOM)).toMatchObject({ version: new Map([[ana.replica, 1]]) });
  });

  it('[A6] a link lets in whoever has it, with its role, until it is revoked or ends', async () => {
    await relay.access.setPerson(ROOM, 'ana', 'owner');
    const { id, token } = await relay.access.addLink(ROOM, 'commenter', null);
    const { token: brief } = await relay.access.addLink(ROOM, 'viewer', relay.now + 5_000);
    const [guest, passing] = [await enter(null, token), await enter(null, brief)];
    expect([roles(guest), roles(passing)]).toEqual([['commenter'], ['viewer']]);
    // Who has more by name keeps it.
    expect(roles(await enter(tokenOf('ana'), token))).toEqual(['owner']);
    for (const wrong of [`${token}x`, token.slice(1), id, 'x']) {
      const stranger = await enter(null, wrong);
      expect(stranger.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden' });
    }
    // A link of one room opens no other.
    await relay.access.setPerson('docs/b', 'ana', 'owner');
    expect(roles(await enter(null, token, 'docs/b'))).toEqual([]);
    await relay.pass(6_000);
    expect(roles(passing)).toEqual(['viewer', null]);
    await relay.access.removeLink(ROOM, id);
    await settle();
    expect(roles(guest)).toEqual(['commenter', null]);
    expect(roles(await enter(null, token))).toEqual([]);
  });

  it('[A7] a token near its end is warned, then only reads, then ends; a fresh one restores all', async () => {
    await relay.access.setPerson(ROOM, 'ana', 'editor');
    const start = relay.now;
    const ana = await enter(tokenOf('ana', { expires: start + 120_000 }));
    await relay.pass(50_000);
    expect(ana.socket.count('auth')).toBe(0);
    await relay.pass(20_000);
    expect(ana.socket.frames.at(-1)).toEqual({
      type: 'auth',
      user: 'ana',
      expires: start + 120_000,
      warn: true,
    });
    await relay.pass(60_000);
    expect(roles(ana)).toEqual(['editor', 'viewer']);
    ana.say({ type: 'auth-refresh', token: tokenOf('ana', { expires: start + 400_000 }) });
    await settle();
    expect(roles(ana)).toEqual(['editor', 'viewer', 'editor']);
    await relay.pass(400_000);
    expect(ana.socket.closed).toBe(CloseCode.unauthorized);
  });

  it('[A7] a fresh token of somebody else ends the line', async () => {
    const ana = await enter(tokenOf('ana'));
    ana.say({ type: 'auth-refresh', token: tokenOf('bo') });
    await settle();
    expect(ana.socket.closed).toBe(CloseCode.unauthorized);
  });

  it('[A8] who never says who they are, or comes by no good link, is gone in ten seconds', async () => {
    const silent = relay.silent();
    const nobody = await relay.person(null);
    const guess = await enter(null, 'a.b');
    await relay.access.setPerson(ROOM, 'ana', 'owner');
    const guest = await enter(null, (await relay.access.addLink(ROOM, 'viewer', null)).token);
    await relay.pass(9_000);
    expect([silent, nobody, guess, guest].map(({ socket }) => socket.closed)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    await relay.pass(2_000);
    const { helloExpected, unauthorized } = CloseCode;
    expect([silent, nobody, guess, guest].map(({ socket }) => socket.closed)).toEqual([
      helloExpected,
      unauthorized,
      unauthorized,
      null,
    ]);
  });

  it('[A8] a token that is not good ends the line at once, and what came with it is not looked at', async () => {
    const one = relay.silent();
    one.say({ type: 'hello', oldest: 1, newest: 2, replica: one.replica, token: 'rubbish' });
    await one.join(ROOM);
    expect(one.socket.closed).toBe(CloseCode.unauthorized);
    expect(one.socket.frames).toEqual([]);
  });

  it('[A9] a replica that is connected is nobody else’s: 0 of 10,000 tries', async () => {
    const ana = await enter(tokenOf('ana'));
    for (let i = 0; i < 10_000; i++) {
      const thief = relay.silent(ana.replica);
      thief.say({ type: 'hello', oldest: 1, newest: 2, replica: ana.replica, token: tokenOf(`thief${i}`) });
      if (i % 100 === 99) await settle();
    }
    await settle();
    const [, ...thieves] = relay.people;
    expect(thieves.filter(({ socket }) => socket.closed === null)).toEqual([]);
    expect(thieves.flatMap(({ socket }) => socket.frames)).toEqual([]);
    expect(ana.socket.closed).toBeNull();
  });

  it('[A9] the same person’s new line takes over from a dead one, not from a living one', async () => {
    const dead = await relay.person(tokenOf('ana'));
    const next = await relay.person(tokenOf('ana'), dead.replica);
    expect([dead.socket.closed, next.socket.closed]).toEqual([CloseCode.silent, null]);
    Object.assign(next.socket, { probe: async () => true });
    const twin = await relay.person(tokenOf('ana'), dead.replica);
    expect([next.socket.closed, twin.socket.closed]).toEqual([null, CloseCode.unavailable]);
  });

  it('[A10] a replica’s changes are taken from its user only, also when it is away', async () => {
    await relay.access.setPerson(ROOM, 'ana', 'editor');
    await relay.access.setPerson(ROOM, 'bo', 'editor');
    const ana = await enter(tokenOf('ana'));
    ana.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 0, 1) });
    await settle();
    ana.connection.ended();
    const bo = await enter(tokenOf('bo'));
    const forge = (): void => bo.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 1, 1) });
    forge();
    await settle();
    const culprit = { replica: ana.replica, from: 1 };
    expect(bo.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden', culprit });
    // Nor after the room was closed and read again.
    bo.connection.ended();
    await settle();
    const bo2 = await enter(tokenOf('bo'));
    bo2.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 1, 1) });
    await settle();
    expect(bo2.socket.frames.at(-1)).toMatchObject({ type: 'reject', code: 'forbidden', culprit });
    const again = await enter(tokenOf('ana'));
    again.say({ type: 'ops', handle: 1, changes: changesOf(ana.replica, 1, 1) });
    await settle();
    expect((await relay.log.find(ROOM))?.version.get(ana.replica)).toBe(2);
  });

  it('[A11] presence carries the user and the replica of its connection, whatever it says', async () => {
    await relay.access.setPerson(ROOM, 'bo', 'viewer');
    await relay.access.setPerson(ROOM, 'ana', 'owner');
    const [ana, bo] = [await enter(tokenOf('ana')), await enter(tokenOf('bo'))];
    bo.say({ type: 'presence', handle: 1, state: new TextEncoder().encode('I am ana') });
    await settle();
    const told = ana.socket.frames.at(-1);
    expect(told).toMatchObject({ type: 'peer', replica: bo.replica, user: 'bo' });
  });
});

describe('an open relay', () => {
  it('[A12] lets everybody do anything, but a link still limits who comes by it', async () => {
    const relay = new TestRelay();
    const ana = await relay.person(null, newReplicaId());
    await ana.join(ROOM);
    expect(roles(ana)).toEqual(['owner']);
    const { token, id } = await relay.access.addLink(ROOM, 'viewer', null);
    const guest = await relay.person();
    await guest.join(ROOM, { grant: token });
    expect(roles(guest)).toEqual(['viewer']);
    await relay.access.removeLink(ROOM, id);
    await settle();
    expect(roles(guest)).toEqual(['viewer', null]);
    await relay.close();
  });
});
