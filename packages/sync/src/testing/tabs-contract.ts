import { replicaId } from '@concord/crdt/core';
import { describe, expect, it } from 'vitest';
import { changesMessage, type TabMessage, type TabsFactory } from '../tabs.ts';

/** What every channel between tabs must do. */
export function tabsContract(name: string, tabs: TabsFactory): void {
  describe(`${name} keeps the promises of a channel between tabs`, () => {
    const replica = replicaId('00000000000000aa');
    let number = 0;
    /** Two tabs of one document; resolves with what the second hears first. */
    const between = async (send: (post: (message: TabMessage) => void) => void): Promise<TabMessage> => {
      const room = `contract/${number++}`;
      let own = 0;
      const first = tabs(room, () => own++);
      const heard = await new Promise<TabMessage>((resolve) => {
        const second = tabs(room, (message) => {
          second.close();
          resolve(message);
        });
        send((message) => first.post(message));
      });
      first.close();
      expect(own, 'a tab hears itself').toBe(0);
      return heard;
    };

    it('[A1] what one tab posts the others hear, as it is, and it does not hear itself', async () => {
      const hello: TabMessage = { type: 'hello', version: new Map([[replica, 3]]) };
      expect(await between((post) => post(hello))).toEqual(hello);
      const offline: TabMessage = { type: 'offline', value: true };
      expect(await between((post) => post(offline))).toEqual(offline);
    });

    it('[A2] a change that is a view of a large buffer travels without that buffer', async () => {
      const bytes = new Uint8Array(1_000_000).fill(5).subarray(10, 13);
      const heard = await between((post) => post(changesMessage([{ replica, from: 0, to: 1, bytes }])));
      const change = heard.type === 'changes' ? heard.changes[0] : undefined;
      expect(change).toEqual({ replica, from: 0, to: 1, bytes: Uint8Array.of(5, 5, 5) });
      expect(change?.bytes.buffer.byteLength).toBe(3);
    });

    it('[A3] documents do not hear each other', async () => {
      const told: string[] = [];
      const stranger = tabs('contract/elsewhere', ({ type }) => told.push(type));
      await between((post) => post({ type: 'offline', value: true }));
      stranger.close();
      expect(told).toEqual([]);
    });
  });
}
