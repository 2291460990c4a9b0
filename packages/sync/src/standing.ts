import type { Refusal } from './client-types.ts';
import type { Problem } from './problem.ts';
import { mayWrite, type Role } from './protocol/index.ts';

/** What stands against the changes that wait. */
interface Waiting {
  readonly size: number;
  readonly held: number;
}

/** What this user is to the room, as the relay last said, and what it does not take from them. */
export class Standing {
  readonly #room: string;
  /** Null: not known. */
  role: Role | null = null;
  /** Whom the relay takes this user for. */
  user: string | null = null;
  #refusal: Refusal | null = null;
  /** What the relay said when it did not take something; forgotten at the next JOINED. */
  #rejection: string | null = null;

  constructor(room: string) {
    this.#room = room;
  }

  /** Why the room is closed to this user. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  get mayWrite(): boolean {
    return this.#refusal === null && (this.role === null || mayWrite(this.role, this.#room));
  }

  entered(role: Role): void {
    this.role = role;
    this.#refusal = null;
    this.#rejection = null;
  }

  refused(refusal: Refusal): void {
    this.#refusal = refusal;
    if (refusal === 'forbidden') this.role = null;
  }

  /** The relay did not take something, and said this. */
  rejected(detail: string): void {
    this.#rejection = detail;
  }

  /** The user begins anew. */
  forget(): void {
    this.#rejection = null;
  }

  /** True if what waits will not be sent as things are: the role forbids it, or the relay takes none of it. */
  isStuck({ size, held }: Waiting): boolean {
    return size > 0 && (!this.mayWrite || held === size);
  }

  /** What is wrong, as far as it lies between this user and the room. */
  problem({ size, held }: Waiting): Problem | null {
    const detail = this.#rejection;
    if (this.#refusal === 'erased') return { kind: 'erased' };
    if (held > 0)
      return { kind: 'held', why: detail === null ? 'too-large' : 'refused', detail: detail ?? '' };
    const isMute = this.#refusal === null && !this.mayWrite && size > 0;
    if (isMute) return { kind: 'read-only' };
    return detail === null ? null : { kind: 'refused', detail };
  }
}
