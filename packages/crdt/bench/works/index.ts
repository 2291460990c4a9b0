import type { WorkSpec } from '../lib/cell.ts';
import type { Peer } from '../lib/peer.ts';

const merges = (peer: Peer): boolean => peer.merges !== false;
const offers = (part: keyof Peer) => (peer: Peer) => peer[part] !== undefined;
const text = () => import('./text.ts');
const micro = () => import('./micro.ts');
const structures = () => import('./structures.ts');
const growth = () => import('./growth.ts');
const past = () => import('./past.ts');
const bundle = () => import('./bundle.ts');

/** The warm figure and the first pass of the process. */
const both = (...works: string[]): string[] => works.flatMap((work) => [work, `${work}-cold`]);
const onTrace = { on: 'sequential' } as const;
const onStored = { on: 'sequential', needsStored: true } as const;
const onItself = { on: 'itself' } as const;
const conflict = { on: 'itself', can: merges } as const;
const grows = { on: 'sizes', sizes: [1e4, 1e5, 1e6, 1e7], ours: true } as const;

/** All works by name, in the order in which they are run and shown. */
export const WORKS: Readonly<Record<string, WorkSpec>> = {
  local: { ...onTrace, figures: both('local'), load: async () => (await text()).local },
  'local-updates': {
    ...onTrace,
    figures: both('local-updates'),
    load: async () => (await text()).localUpdates,
  },
  remote: { ...onStored, figures: both('remote'), load: async () => (await text()).remote },
  'remote-batch': {
    ...onStored,
    figures: both('remote-batch'),
    load: async () => (await text()).remoteBatch,
  },
  load: { ...onStored, figures: ['load-warm', 'load-cold'], load: async () => (await text()).load },
  'load-editable': {
    ...onStored,
    figures: both('load-editable'),
    load: async () => (await text()).loadEditable,
  },
  stored: {
    ...onTrace,
    figures: ['size', 'size-shallow', 'update-bytes', 'update-bytes-interned'],
    load: async () => (await text()).stored,
  },
  heap: { ...onStored, figures: ['heap'], load: async () => (await text()).heap },
  latency: {
    ...onTrace,
    figures: ['latency-p50', 'latency-p99', 'latency-max'],
    load: async () => (await text()).latency,
  },
  x100: {
    ...onTrace,
    figures: ['x100', 'x100-size', 'x100-load'],
    onlyAsked: true,
    limit: 900,
    load: async () => (await text()).x100,
  },
  concurrent: {
    on: 'concurrent',
    figures: both('concurrent'),
    needsStored: true,
    can: merges,
    load: async () => (await text()).concurrent,
  },
  'B1.3': { ...conflict, figures: both('B1.3'), load: async () => (await micro()).b13 },
  'B1.4': { ...conflict, figures: both('B1.4'), load: async () => (await micro()).b14 },
  'B2.4': { ...conflict, figures: both('B2.4'), load: async () => (await micro()).b24 },
  'B3.5': { ...conflict, figures: both('B3.5'), load: async () => (await micro()).b35 },
  batch: { ...conflict, figures: ['batch-p50', 'batch-p99'], load: async () => (await micro()).batch },
  'list-insert': {
    ...onItself,
    figures: both('list-insert'),
    can: offers('list'),
    load: async () => (await structures()).listInsert,
  },
  'list-move': {
    ...onItself,
    figures: both('list-move'),
    can: offers('movableList'),
    load: async () => (await structures()).listMove,
  },
  'map-keys': {
    ...onItself,
    figures: both('map-keys'),
    can: offers('map'),
    load: async () => (await structures()).mapKeys,
  },
  'tree-move': {
    ...onItself,
    figures: both('tree-move'),
    can: offers('tree'),
    load: async () => (await structures()).treeMove,
  },
  marks: {
    ...onItself,
    figures: both('marks-local', 'marks-remote'),
    can: offers('marked'),
    load: async () => (await structures()).marks,
  },
  'dag-edges': {
    ...onItself,
    figures: both('dag-edges'),
    can: offers('graph'),
    load: async () => (await structures()).dagEdges,
  },
  'growth-middle': { ...grows, figures: ['growth-middle'], load: async () => (await growth()).middle },
  'growth-random': { ...grows, figures: ['growth-random'], load: async () => (await growth()).random },
  'growth-prepend': { ...grows, figures: ['growth-prepend'], load: async () => (await growth()).prepend },
  'growth-tombstones': {
    ...grows,
    figures: ['growth-tombstones'],
    load: async () => (await growth()).tombstones,
  },
  'growth-replicas': {
    ...grows,
    sizes: [1e4, 1e5, 1e6],
    figures: ['growth-replicas'],
    can: merges,
    load: async () => (await growth()).replicas,
  },
  'growth-tree-merge': {
    ...grows,
    sizes: [1e3, 1e4, 1e5],
    figures: ['growth-tree-merge'],
    can: offers('graph'),
    load: async () => (await growth()).treeMerge,
  },
  'growth-tree-undo': {
    ...grows,
    sizes: [1e3, 1e4, 1e5],
    figures: ['growth-tree-undo'],
    can: offers('graph'),
    load: async () => (await growth()).treeUndo,
  },
  past: {
    ...grows,
    sizes: [1e4, 1e5],
    figures: ['past-jump', 'past-step'],
    can: offers('graph'),
    load: async () => (await past()).jump,
  },
  bundle: {
    ...onItself,
    figures: ['bundle-text-type', 'bundle-text', 'bundle-everything'],
    can: merges,
    load: async () => (await bundle()).bundle,
  },
};
