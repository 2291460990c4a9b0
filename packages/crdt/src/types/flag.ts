import { DecodeError, type Json } from '../bytes/index.ts';
import type { CrdtType } from '../core/crdt-type.ts';
import { type RemoveWinsSetOp, type RemoveWinsSetState, removeWinsSetType } from './remove-wins-set.ts';
import { type SetMut, type SetOp, type SetPatch, type SetState, setType } from './set.ts';

/*
 * Flags (Shapiro et al. 2011; Riak's flags): sets that hold `true` or nothing. Where enabling and disabling are
 * concurrent, the one wins that the flag is named after. A flag begins disabled. What has no effect of its own but
 * holds against a concurrent op is written all the same: enabling what is enabled in the one, disabling what is
 * disabled in the other.
 */

export interface FlagPatch {
  readonly value: boolean;
}

export interface FlagMut {
  readonly value: boolean;
  enable(): void;
  disable(): void;
}

export function enableWinsFlagType(): CrdtType<SetState<true>, SetOp, boolean, FlagMut, FlagPatch> {
  return flag('enable-wins-flag@1', setType<true>());
}

export function disableWinsFlagType(): CrdtType<
  RemoveWinsSetState<true>,
  RemoveWinsSetOp,
  boolean,
  FlagMut,
  FlagPatch
> {
  return flag('disable-wins-flag@1', removeWinsSetType<true>());
}

function flag<State, Op extends { readonly type: string; readonly value?: Json }>(
  kind: string,
  set: Omit<CrdtType<State, Op, readonly true[], SetMut<true>, SetPatch>, 'journal' | 'settle'>,
): CrdtType<State, Op, boolean, FlagMut, FlagPatch> {
  return {
    ...set,
    kind,
    apply: (state, op, stamp) => set.apply(state, op, stamp).map(({ type }) => ({ value: type === 'added' })),
    view: (state) => set.view(state).length > 0,
    mutate({ state, replica, emit }) {
      const members = set.mutate({ state, replica, emit });
      return {
        get value() {
          return members.has(true);
        },
        enable: () => members.add(true),
        disable: () => members.remove(true),
      };
    },
    decode(r) {
      const op = set.decode(r);
      if (op.value !== undefined && op.value !== true) throw new DecodeError('a flag holds nothing but true');
      return op;
    },
  };
}
