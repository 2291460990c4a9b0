import { keepLayout } from '../core/layout.ts';
import type { VersionVector } from '../core/version.ts';
import { type EncodedChange, LazyChange } from './change.ts';
import type { Clock } from './clock.ts';
import { Cutter } from './cutter.ts';
import type { Draft } from './draft.ts';
import type { DocEvent } from './events.ts';
import type { Listeners } from './listeners.ts';
import { Log } from './log.ts';
import type { DocOptions, MadeBy, UndoOptions } from './options.ts';
import { Targets } from './target.ts';
import { type Direction, type Part, UndoStack } from './undo.ts';
import { partsOf, recordUndo, takeBack } from './undoer.ts';

keepLayout(new LazyChange(new Cutter(new Log(), new Targets(() => null)), 0, 0, 0));

/** What local changes need of their document. */
export interface Writing {
  readonly log: Log;
  readonly targets: Targets;
  readonly cutter: Cutter;
  readonly draft: Draft;
  readonly listeners: Listeners;
  readonly clock: Clock;
  readonly admit: DocOptions['admit'];
  /** Makes all containers anew from the log, as it is or as of an earlier version. */
  rebuild(until?: VersionVector): void;
}

/** The changes that are made here: run, logged, noted for undo, told. This is what a keystroke goes through. */
export class LocalChanges {
  readonly undo = new UndoStack();
  readonly #doc: Writing;
  readonly #log: Log;
  readonly #draft: Draft;
  readonly #clock: Clock;
  readonly #listeners: Listeners;

  constructor(doc: Writing) {
    this.#doc = doc;
    this.#log = doc.log;
    this.#draft = doc.draft;
    this.#clock = doc.clock;
    this.#listeners = doc.listeners;
  }

  /** One change by `peer`: what `edit` does with `root`. `label` null keeps it out of the undo stack. */
  run<M>(
    peer: number,
    edit: (root: M) => void,
    root: M,
    label: string | null,
    by: 'edit' | 'revert',
  ): EncodedChange | null {
    const draft = this.#draft;
    if (draft.isOpen) throw new Error('change inside a change');
    draft.begin(peer, label !== null || this.#log.isTrimmed, this.#listeners.any);
    try {
      edit(root);
    } catch (error) {
      this.#fail(peer, error);
    }
    return this.#commit(peer, by, label);
  }

  travel(peer: number, direction: Direction, { scope = '' }: UndoOptions): { readonly label: string } | null {
    return this.undo.travel(direction, scope, (parts, label) =>
      this.#takeBack(peer, parts, { direction, label }),
    );
  }

  /** Forgets the newest step of one stack, and tells of it: it stays done. Returns its label. */
  forget(direction: Direction): string | null {
    const label = this.undo.forget(direction);
    if (label !== null) this.#listeners.dispatch({ origin: 'local', changes: [], patches: new Map() });
    return label;
  }

  /** Logs the running change and tells of it; `label` null keeps it out of the undo stack. */
  #commit(peer: number, by: MadeBy, label: string | null, step?: DocEvent['step']): EncodedChange | null {
    const draft = this.#draft;
    if (draft.ops === 0) {
      draft.isOpen = false;
      return null;
    }
    const clock = this.#clock;
    clock.read();
    draft.commit(clock, this.#doc.targets);
    const change = new LazyChange(this.#doc.cutter, peer, draft.from, draft.next);
    this.#ask(change, by);
    if (label !== null) recordUndo(this.undo, draft, peer, label, clock);
    const origin = by === 'undo' || by === 'redo' ? 'undo' : 'local';
    if (draft.patches !== null)
      this.#tell({ origin, changes: [change], patches: draft.patches, ...(step && { step }) });
    return change;
  }

  /** Asks whether the change may be. If not, all is made anew without it. */
  #ask(change: EncodedChange, by: MadeBy): void {
    const { admit } = this.#doc;
    if (admit === undefined || this.#log.isTrimmed) return;
    try {
      admit(change, by);
    } catch (error) {
      this.#doc.rebuild(new Map(this.#log.snapshot).set(change.replica, change.from));
      throw error;
    }
  }

  #tell(event: DocEvent & { readonly patches: Map<string, unknown[]> }): void {
    for (const [path, list] of event.patches) if (list.length === 0) event.patches.delete(path);
    this.#listeners.dispatch(event);
  }

  /** Takes back what a change did that did not come to its end. Slow, but an app that throws there has a bug. */
  #fail(peer: number, error: unknown): never {
    const { ops } = this.#draft;
    if (ops > 0 && this.#log.isTrimmed) {
      // There is nothing to begin anew from: what was done is taken back by another change.
      const parts = partsOf(this.#draft, peer);
      this.#commit(peer, 'edit', null);
      this.#takeBack(peer, parts.reverse());
      throw error;
    }
    this.#draft.abandon();
    if (ops > 0) this.#doc.rebuild();
    throw error;
  }

  /** Takes back `parts` in a new change and returns what takes back that one. */
  #takeBack(peer: number, parts: readonly Part[], step?: DocEvent['step']): readonly Part[] {
    const draft = this.#draft;
    if (draft.isOpen) throw new Error('change inside a change');
    draft.begin(peer, true, this.#listeners.any);
    try {
      takeBack(parts, draft);
    } catch (error) {
      this.#fail(peer, error);
    }
    const redo = draft.ops === 0 ? [] : partsOf(draft, peer);
    this.#commit(peer, step?.direction ?? 'undo', null, step);
    return redo;
  }
}
