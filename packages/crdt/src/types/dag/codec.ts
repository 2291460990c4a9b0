import { DecodeError, type Reader, readJson, type Writer, writeJson } from '../../bytes/index.ts';
import { readId, writeId } from '../../core/ids.ts';
import type { DagOp, LinkType } from './op.ts';

const LINKS: readonly LinkType[] = ['FS', 'SS', 'FF', 'SF'];
/** Tags 0…3 are new edges, by link type. */
const REMOVE = 4;
const RETRACT = 5;
const ATTR = 6;
const REMOVE_NODE = 7;
const RESTORE_NODE = 8;

export function encode(op: DagOp, w: Writer): void {
  switch (op.type) {
    case 'add':
      w.u8(LINKS.indexOf(op.link));
      w.string(op.from);
      w.string(op.to);
      return;
    case 'remove':
      w.u8(REMOVE);
      writeId(w, op.edge);
      return;
    case 'retract':
      w.u8(RETRACT);
      writeId(w, op.target);
      return;
    case 'attr':
      w.u8(ATTR);
      writeId(w, op.edge);
      w.string(op.key);
      writeJson(w, op.value);
      return;
    case 'node':
      w.u8(op.removed ? REMOVE_NODE : RESTORE_NODE);
      w.string(op.node);
  }
}

export function decode(r: Reader): DagOp {
  const tag = r.u8();
  const link = LINKS[tag];
  if (link !== undefined) {
    const [from, to] = [r.string(), r.string()];
    if (from === to) throw new DecodeError('an edge from a node to itself');
    return { type: 'add', from, to, link };
  }
  switch (tag) {
    case REMOVE:
      return { type: 'remove', edge: readId(r) };
    case RETRACT:
      return { type: 'retract', target: readId(r) };
    case ATTR:
      return { type: 'attr', edge: readId(r), key: r.string(), value: readJson(r) };
    case REMOVE_NODE:
    case RESTORE_NODE:
      return { type: 'node', node: r.string(), removed: tag === REMOVE_NODE };
    default:
      throw new DecodeError(`unknown dag op ${tag}`);
  }
}
