import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { SimulationOptions } from './simulation.ts';

/** One safeguard taken out: of the real code, by an edit of its source as it is loaded, or of the simulated disk. */
export interface Mutant {
  readonly says: string;
  readonly edit?: { readonly file: string; readonly find: string; readonly put: string };
  readonly options?: SimulationOptions;
}

const SERVER = fileURLToPath(new URL('../', import.meta.url));

/** What the simulation must notice, and soon. */
export const MUTANTS: Readonly<Record<string, Mutant>> = {
  fsync: {
    says: 'the disk reports a write before it is done',
    options: { honestDisk: false },
  },
  'early-ack': {
    says: 'an ACK is sent before the write has ended',
    edit: {
      file: `${SERVER}group-commit.ts`,
      find: 'await this.#log.append(',
      put: 'void this.#log.append(',
    },
  },
  dedupe: {
    says: 'the relay takes what it has again',
    edit: { file: `${SERVER}room.ts`, find: 'if (to <= expected) {', put: 'if (to <= -expected) {' },
  },
  gap: {
    says: 'the relay takes what follows a gap',
    edit: { file: `${SERVER}room.ts`, find: 'if (from > expected) {', put: 'if (from > 1e9) {' },
  },
  epoch: {
    says: 'the log takes changes of another epoch',
    edit: { file: `${SERVER}sqlite-log.ts`, find: 'if (current !== epoch)', put: 'if (current === null)' },
    options: { weather: { realLog: true, resets: 'underneath', crashes: false } },
  },
};

/** Has the mutant's edit made when its file is loaded. To be called before. Throws Error if the code is no longer as expected. */
export function plant({ edit }: Mutant): void {
  if (!edit) return;
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.startsWith('file:') || fileURLToPath(url) !== edit.file) return loaded;
      const source = Buffer.from(loaded.source as Uint8Array).toString();
      if (source.split(edit.find).length !== 2)
        throw new Error(`${edit.file} does not hold "${edit.find}" once: the mutant has to follow the code`);
      return { ...loaded, source: source.replace(edit.find, edit.put) };
    },
  });
}
