import type { OpId } from '@concord/crdt';
import type { LinkType } from './schedule.ts';
import { words } from './words.ts';

/**
 * A dependency as the plan shows it. `unmet`: in effect, but fixed durations cannot satisfy it beside earlier
 * links. `suspended`: kept, but it would close a cycle.
 */
export interface Link {
  readonly id: OpId;
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  /** Working days. */
  readonly lag: number;
  readonly status: 'active' | 'unmet' | 'suspended';
  /** In effect, and without any slack: the one task starts or ends later as soon as the other does. */
  readonly tight: boolean;
}

/** A predecessor as people write it: the number of its row, the kind of link, the lag in working days. */
export interface Predecessor {
  readonly row: number;
  readonly type: LinkType;
  readonly lag: number;
}

const PREDECESSOR = /^(\d+)\s*(FS|SS|FF|SF)?\s*(?:([+-])\s*(\d+)\s*(d|w)?)?$/i;
const TYPES: Readonly<Record<string, LinkType>> = { FS: 'FS', SS: 'SS', FF: 'FF', SF: 'SF' };

/** Writes `3`, `3FS+2d`, `5SS-1d`: plain finish-to-start without lag is the row's number alone. */
export function formatPredecessor({ row, type, lag }: Predecessor): string {
  if (type === 'FS' && lag === 0) return String(row);
  return `${row}${type}${lag === 0 ? '' : `${lag > 0 ? '+' : '-'}${Math.abs(lag)}d`}`;
}

export const formatPredecessors = (all: readonly Predecessor[]): string =>
  all
    .toSorted((a, b) => a.row - b.row)
    .map(formatPredecessor)
    .join(', ');

/**
 * Reads `3FS+2d, 5SS; 7`; `2w` is two weeks of `daysPerWeek` working days. Throws SyntaxError with words for the
 * user that name the part it cannot read.
 */
export function parsePredecessors(text: string, daysPerWeek = 5): Predecessor[] {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.map((part) => {
    const found = PREDECESSOR.exec(part);
    if (!found) throw new SyntaxError(words.notPredecessor(part));
    const [, row, type = 'FS', sign, amount = '0', unit] = found;
    const days = Number(amount) * (unit?.toLowerCase() === 'w' ? daysPerWeek : 1);
    return {
      row: Number(row),
      type: TYPES[type.toUpperCase()] ?? 'FS',
      lag: sign === '-' && days > 0 ? -days : days,
    };
  });
}

/** Which end of each task a link joins: its first letter is the predecessor's end, its second the successor's. */
const END = { F: 'finish', S: 'start' } as const;
export const linkEnds = (type: LinkType): { from: 'start' | 'finish'; to: 'start' | 'finish' } => ({
  from: type[0] === 'F' ? END.F : END.S,
  to: type[1] === 'F' ? END.F : END.S,
});

export const linkBetween = (from: 'start' | 'finish', to: 'start' | 'finish'): LinkType =>
  TYPES[`${from === 'finish' ? 'F' : 'S'}${to === 'finish' ? 'F' : 'S'}`] ?? 'FS';

/**
 * The active links that, with the link `closing`, make a ring: the shortest way from its end back to its beginning.
 * It is a ring of events: links join starts and finishes, and each task's start leads to its finish. Empty if none.
 */
export function ringOf(links: readonly Link[], closing: Pick<Link, 'from' | 'to' | 'type'>): readonly Link[] {
  const leaving = new Map<string, Link[]>();
  for (const link of links) {
    if (link.status === 'suspended') continue;
    const list = leaving.get(headOf(link));
    if (list) list.push(link);
    else leaving.set(headOf(link), [link]);
  }
  const goal = headOf(closing);
  const reached = new Map<string, { via: Link | null; before: string }>();
  const queue: string[] = [];
  const reach = (event: string, via: Link | null, before: string): void => {
    if (reached.has(event)) return;
    reached.set(event, { via, before });
    queue.push(event);
    if (event.startsWith(words.ends.start)) reach(event.replace('start', 'finish'), null, event);
  };
  reach(tipOf(closing), null, '');
  for (const event of queue) for (const link of leaving.get(event) ?? []) reach(tipOf(link), link, event);

  const ring: Link[] = [];
  for (let at = reached.get(goal); at; at = reached.get(at.before)) if (at.via) ring.unshift(at.via);
  return ring;
}

/** The event that a link leaves, and the one that it enters. */
const headOf = ({ from, type }: Pick<Link, 'from' | 'type'>): string => `${linkEnds(type).from} ${from}`;
const tipOf = ({ to, type }: Pick<Link, 'to' | 'type'>): string => `${linkEnds(type).to} ${to}`;
