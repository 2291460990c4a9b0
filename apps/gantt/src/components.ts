/**
 * Tarjan 1972, "Depth-first search and linear graph algorithms": the strongly connected components of a directed
 * graph, in topological order. Without recursion, so that a chain of ten thousand tasks does not overflow the stack.
 */
export function components(
  nodes: number,
  edges: Iterable<{ readonly from: number; readonly to: number }>,
): number[][] {
  const successors: number[][] = Array.from({ length: nodes }, () => []);
  for (const { from, to } of edges) successors[from]?.push(to);

  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const onStack = new Uint8Array(nodes);
  const stack: number[] = [];
  const found: number[][] = [];
  let visited = 0;

  for (let root = 0; root < nodes; root++) {
    if (order[root] !== -1) continue;
    const path: { node: number; next: number }[] = [];
    const enter = (node: number): void => {
      order[node] = visited;
      low[node] = visited;
      visited++;
      stack.push(node);
      onStack[node] = 1;
      path.push({ node, next: 0 });
    };
    enter(root);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const { node } = frame;
      const to = successors[node]?.[frame.next++];
      if (to !== undefined) {
        if (order[to] === -1) enter(to);
        else if (onStack[to]) low[node] = Math.min(low[node] ?? 0, order[to] ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) low[above.node] = Math.min(low[above.node] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const group = stack.splice(stack.lastIndexOf(node));
      for (const each of group) onStack[each] = 0;
      found.push(group);
    }
  }
  return found.reverse();
}
