import type { ReplicaId } from '@concord/crdt';
import { expect, test } from 'vitest';
import { Presence } from './presence.ts';

const ANA = 'a'.repeat(16) as ReplicaId;

test('who is away is shown as that, and as here again; nothing is sent twice', () => {
  const here = new Presence({ name: 'Bo', colour: 1 }, () => undefined);
  let sent = 0;
  const ana = new Presence({ name: 'Ana', colour: 2 }, (state) => {
    sent++;
    here.receive(ANA, null, state);
  });
  ana.set({ card: 'milk' });
  expect(here.peers()).toEqual([
    { replica: ANA, user: null, name: 'Ana', colour: 2, data: { card: 'milk' } },
  ]);
  ana.set({ card: 'milk' });
  ana.setAway(true);
  ana.setAway(true);
  expect(here.peers()[0]).toMatchObject({ away: true, data: { card: 'milk' } });
  ana.setAway(false);
  expect(here.peers()[0]?.away).toBeUndefined();
  expect(sent).toBe(3);
});
