import type { Editing } from './editing.ts';
import { type BlockType, blockTypes } from './schema.ts';
import { getState, setState } from './store.ts';
import { words } from './words.ts';

/** The types whose name or keywords a query starts or contains, the best first. */
export function typesFor(query: string): readonly BlockType[] {
  const asked = query.trim().toLowerCase();
  const rank = (type: BlockType): number => {
    const name = words.types[type].name.toLowerCase();
    if (name.startsWith(asked)) return 0;
    const known = `${name} ${words.types[type].keywords}`.split(' ');
    if (known.some((word) => word.startsWith(asked))) return 1;
    return name.replaceAll(' ', '').includes(asked.replaceAll(' ', '')) ? 2 : 3;
  };
  return blockTypes
    .map((type) => ({ type, rank: rank(type) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.type);
}

/** Takes the `/…` away and gives the block the type. */
export function chooseType(editing: Editing, type: BlockType): void {
  const { slash } = getState();
  if (!slash) return;
  setState({ slash: null });
  editing.command(slash.block, slash.from, slash.query.length + 1, type);
}
