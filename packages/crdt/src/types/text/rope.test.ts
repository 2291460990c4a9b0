import { expect, it } from 'vitest';
import { seededRandom } from '../../testing/random.ts';
import { Rope } from './rope.ts';

it('reads as a string does that is edited in the same way', () => {
  const random = seededRandom(11);
  const some = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(97 + random.int(26))).join('');
  for (let round = 0; round < 20; round++) {
    const rope = new Rope();
    let text = some(random.int(4) * 1500);
    rope.load(text);
    for (let n = 0; n < 150; n++) {
      const at = random.int(text.length + 1);
      // From one letter to several chunks, so that whole ones go, edited or not.
      const most = random.chance(0.3) ? 4000 : random.chance(0.5) ? 200 : 1;
      if (random.chance(0.5)) {
        const more = some(1 + random.int(most));
        rope.insert(at, more);
        text = text.slice(0, at) + more + text.slice(at);
      } else {
        const count = Math.min(text.length - at, 1 + random.int(most));
        const into = new Uint16Array(count);
        rope.copy(at, count, into, 0);
        expect(String.fromCharCode(...into)).toBe(text.slice(at, at + count));
        rope.delete(at, count);
        text = text.slice(0, at) + text.slice(at + count);
      }
      expect(rope.length).toBe(text.length);
      if (text.length > 0) {
        const from = random.int(text.length);
        expect(rope.unitAt(from)).toBe(text.charCodeAt(from));
        expect(rope.slice(from, text.length)).toBe(text.slice(from));
      }
    }
    expect(rope.toString()).toBe(text);
  }
});
