import { PEERS, type PeerName } from './peer.ts';
import type { Row } from './rows.ts';
import { short } from './run.ts';

const LABEL = 30;
const COLUMN = 16;

/** The figures side by side, each peer's also as a multiple of ours; below that the geometric means. */
export function table(rows: readonly Row[]): string {
  const peers = PEERS.filter((peer) => rows.some((row) => row.peer === peer));
  const lines: string[] = [];
  const head = (title: string): void => {
    lines.push('', `${title.padEnd(LABEL)}${peers.map((peer) => peer.padStart(COLUMN)).join('')}`);
  };
  const byLabel = Map.groupBy(rows, ({ work, trace }) =>
    /^growth/.test(work) ? 'growth, per element' : trace,
  );
  for (const [label, group] of byLabel) {
    head(label === '' ? 'without a trace' : label);
    for (const same of Map.groupBy(group, ({ work, trace }) => `${work} ${trace}`).values()) {
      const [{ work, trace }] = same as [Row];
      const unit = same.find((row) => row.unit !== '')?.unit ?? '';
      const title = label.startsWith('growth') ? `${work} ${trace}, ${unit}` : `${work}, ${unit}`;
      lines.push(title.padEnd(LABEL) + peers.map((peer) => cellOf(same, peer)).join(''));
    }
  }
  const means = geometricMeans(rows);
  if (means.length > 0) {
    head('geometric mean, × Yjs');
    for (const [work, ratios] of means) {
      const shown = peers.map((peer) => (ratios.get(peer)?.toFixed(3) ?? '–').padStart(COLUMN));
      lines.push(work.padEnd(LABEL) + shown.join(''));
    }
  }
  const failed = rows.filter(({ error }) => error !== undefined);
  if (failed.length > 0) lines.push('', 'Without a figure:');
  for (const { work, trace, peer, error } of failed)
    lines.push(`  ${[work, trace, peer].filter(Boolean).join(' ')}: ${error}`);
  lines.push(
    '',
    'Medians of the rounds. In brackets: how many times ours. Times are CPU of the main thread, latencies wall time.',
  );
  return lines.join('\n');
}

function cellOf(same: readonly Row[], peer: PeerName): string {
  const row = same.find((candidate) => candidate.peer === peer);
  if (row === undefined) return '–'.padStart(COLUMN);
  if (row.median === null)
    return (row.error?.startsWith('timed out') ? `> ${/\d+/.exec(row.error)?.[0]} s` : 'failed').padStart(
      COLUMN,
    );
  const ours = same.find((candidate) => candidate.peer === 'concord')?.median;
  const ratio = peer === 'concord' || !ours ? '' : ` (${short(row.median / ours)})`;
  return `${short(row.median)}${ratio}`.padStart(COLUMN);
}

/** For each work that ran on traces: each peer's figure by Yjs's, over the sequential traces that both finished, if they are all. */
function geometricMeans(rows: readonly Row[]): (readonly [work: string, ratios: Map<PeerName, number>])[] {
  const onTraces = rows.filter(({ work, trace }) => trace !== '' && !/^(growth|concurrent)/.test(work));
  return [...Map.groupBy(onTraces, ({ work }) => work)].flatMap(([work, group]) => {
    const traces = [...new Set(group.map(({ trace }) => trace))];
    const of = (peer: PeerName, trace: string) =>
      group.find((row) => row.peer === peer && row.trace === trace)?.median ?? Number.NaN;
    const ratios = new Map<PeerName, number>();
    for (const peer of PEERS) {
      const logs = traces.map((trace) => Math.log(of(peer, trace) / of('yjs', trace)));
      const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
      if (Number.isFinite(mean)) ratios.set(peer, mean);
    }
    return ratios.size > 1 ? [[work, ratios] as const] : [];
  });
}
