import { describe, expect, it } from 'vitest';
import { DecodeError, Reader } from '../bytes/index.ts';
import { checkLaws } from '../testing/laws.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { Replicas } from '../testing/replicas.ts';
import { disableWinsFlagType, enableWinsFlagType, type FlagMut } from './flag.ts';

const act = (mut: FlagMut, random: Random): void => (random.chance(0.5) ? mut.enable() : mut.disable());

describe('flags', () => {
  it('keep the laws', () => {
    checkLaws(enableWinsFlagType(), { act });
    checkLaws(disableWinsFlagType(), { act });
  });

  it('begin disabled', () => {
    expect(new Replicas(enableWinsFlagType(), 1).view(0)).toBe(false);
    expect(new Replicas(disableWinsFlagType(), 1).view(0)).toBe(false);
  });

  it.each([
    ['enable-wins', enableWinsFlagType(), true],
    ['disable-wins', disableWinsFlagType(), false],
  ] as const)(
    '%s: what it is named after wins over what is concurrent, not over what follows',
    (_, type, winner) => {
      const all = new Replicas<unknown, never, boolean, FlagMut, unknown>(type as never, 3);
      all.mut(0).enable();
      all.settle(seededRandom(1));
      all.mut(1).disable();
      all.mut(2).enable();
      if (!winner) all.mut(0).enable();
      all.settle(seededRandom(1));
      all.expectConverged();
      expect(all.view(0)).toBe(winner);
      winner ? all.mut(0).disable() : all.mut(0).enable();
      all.settle(seededRandom(1));
      expect(all.view(1)).toBe(!winner);
    },
  );

  it('refuse bytes about anything but true', () => {
    const decode =
      (...bytes: number[]) =>
      () =>
        enableWinsFlagType().decode(new Reader(Uint8Array.from(bytes)));
    expect(decode(0, 2)()).toEqual({ type: 'add', value: true });
    expect(decode(0, 1)).toThrow(DecodeError);
  });
});
