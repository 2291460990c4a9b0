/** One end of an arrow: a place on the canvas in pixels, and which end of a bar it is. */
export interface ArrowEnd {
  readonly x: number;
  readonly y: number;
  readonly end: 'start' | 'finish';
}

/** How far an arrow runs straight before it turns. */
const STUB = 10;
const RADIUS = 4;

type Point = readonly [x: number, y: number];

/**
 * The way from one bar's end to another's, at right angles: out of the first to its own side, into the second from
 * its own side. `rowHeight` says where the gap between rows is when it has to go back between them.
 */
export function arrowPoints(from: ArrowEnd, to: ArrowEnd, rowHeight: number): Point[] {
  const out = from.end === 'finish' ? 1 : -1;
  const into = to.end === 'start' ? 1 : -1;
  const leave = from.x + out * STUB;
  const arrive = to.x - into * STUB;
  const points: Point[] = [[from.x, from.y]];
  if (out !== into) {
    const turn = out > 0 ? Math.max(leave, arrive) : Math.min(leave, arrive);
    points.push([turn, from.y], [turn, to.y]);
  } else if ((arrive - leave) * out >= 0) {
    points.push([leave, from.y], [leave, to.y]);
  } else {
    const gap = from.y + ((to.y >= from.y ? 1 : -1) * rowHeight) / 2;
    points.push([leave, from.y], [leave, gap], [arrive, gap], [arrive, to.y]);
  }
  points.push([to.x, to.y]);
  return points;
}

/** A path along `points` with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  let path = `M${first[0]} ${first[1]}`;
  for (const [i, corner] of others.entries()) {
    const before = points[i] ?? corner;
    const after = others[i + 1];
    if (!after) {
      path += `L${corner[0]} ${corner[1]}`;
      continue;
    }
    const reach = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const [ax, ay] = towards(corner, before, reach);
    const [bx, by] = towards(corner, after, reach);
    path += `L${ax} ${ay}Q${corner[0]} ${corner[1]} ${bx} ${by}`;
  }
  return path;
}

const distance = (a: Point, b: Point): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

function towards(from: Point, to: Point, by: number): Point {
  return [from[0] + Math.sign(to[0] - from[0]) * by, from[1] + Math.sign(to[1] - from[1]) * by];
}
