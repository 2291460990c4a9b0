import type { AppDefinition, TitledSchema } from '../definition.ts';
import type { AppHistory } from './history.ts';

const PLAIN: AppHistory<TitledSchema> = { traces: () => [], areas: () => ({}) };
const loading = new WeakMap<AppDefinition<TitledSchema>, Promise<AppHistory<TitledSchema>>>();

/** How the app takes part in the history, for `use`: the same promise each time. */
export function loadHistory(app: AppDefinition<TitledSchema>): Promise<AppHistory<TitledSchema>> {
  let promise = loading.get(app);
  if (promise === undefined) {
    promise = app.history ? app.history().then((chunk) => chunk.default) : Promise.resolve(PLAIN);
    // What could not be fetched is asked for again the next time.
    promise.catch(() => loading.delete(app));
    loading.set(app, promise);
  }
  return promise;
}
