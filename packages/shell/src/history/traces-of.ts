import type { Trace } from './history.ts';
import { movedIn } from './moved.ts';

/** A thing as a reader sees it: in which order of which group, what it is called, and what it looks like. */
export type Thing = {
  readonly key: string;
  readonly name: string;
  /** The list or the parent that it stands in. */
  readonly group: string;
  /** Anything that shows: compared as data. */
  readonly look: unknown;
};

/** What became of the things of a document, each of both lists in the order in which a reader meets them. */
export function tracesOf(before: readonly Thing[], after: readonly Thing[]): Trace[] {
  const was = new Map(before.map((thing) => [thing.key, thing]));
  const is = new Set(after.map(({ key }) => key));
  const groups = Map.groupBy(after, ({ group }) => group);
  const ordered = Map.groupBy(before, ({ group }) => group);
  const moved = new Map<string, { readonly from: number; readonly to: number }>();
  for (const [group, things] of groups) {
    const [old, now] = [(ordered.get(group) ?? []).map(keyOf), things.map(keyOf)];
    const place = placesOf(old);
    const placeNow = placesOf(now);
    for (const key of movedIn(old, now)) moved.set(key, { from: place(key), to: placeNow(key) });
  }
  const names = new Map([...before, ...after].map((thing) => [thing.key, thing.name]));
  const traces: Trace[] = [];
  for (const { key, name, group, look } of after) {
    const old = was.get(key);
    if (old === undefined) traces.push({ key, name, kind: 'added' });
    else if (old.group !== group) {
      const [from, to] = [names.get(old.group), names.get(group)];
      traces.push({ key, name, kind: 'moved', ...(from && to && { between: { from, to } }) });
    } else if (moved.has(key))
      traces.push({ key, name, kind: 'moved', ...withinOf(moved.get(key), names.get(group)) });
    else if (old.look !== look && JSON.stringify(old.look) !== JSON.stringify(look))
      traces.push({ key, name, kind: 'changed' });
  }
  for (const { key, name } of before) if (!is.has(key)) traces.push({ key, name, kind: 'removed' });
  return traces;
}

/** Of what came or went before it, a thing that left its order can stand at the same place: then places tell nothing. */
function withinOf(
  places: { readonly from: number; readonly to: number } | undefined,
  group: string | undefined,
): Pick<Trace, 'within'> {
  if (places === undefined || places.from === places.to) return {};
  return { within: { ...places, ...(group && { group }) } };
}

/** Where a key stands, counted from 1. */
function placesOf(keys: readonly string[]): (key: string) => number {
  const places = new Map(keys.map((key, at) => [key, at + 1]));
  return (key) => places.get(key) ?? 0;
}

const keyOf = ({ key }: Thing): string => key;
