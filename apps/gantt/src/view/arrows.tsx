import { classNames } from '@concord/ui';
import { arrowPoints, roundedPath } from '../chart/arrows.ts';
import { HEADER_HEIGHT, ROW_HEIGHT, type Scale, spanOf } from '../chart/scale.ts';
import { formatPredecessor, type Link, linkEnds } from '../links.ts';
import { nameOf } from '../model.ts';
import type { Plan, Row } from '../plan.ts';
import { useViewState } from '../store.ts';
import { words } from '../words.ts';
import { usePlanner } from './planner.tsx';
import type { RowsInView } from './use-rows-in-view.ts';

/** The links as arrows. What is suspended or cannot be met is red, dashed and says so. */
export function Arrows({ scale, inView }: { scale: Scale; inView: RowsInView }) {
  const { plan } = usePlanner();
  const showCritical = useViewState((state) => state.showCritical);
  const { openLink } = useViewState.getState();
  const crossing = plan.links.filter((link) => {
    const [a, b] = [plan.byKey.get(link.from), plan.byKey.get(link.to)];
    if (!a || !b) return false;
    return Math.max(a.number, b.number) > inView.from && Math.min(a.number, b.number) <= inView.to;
  });

  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: its parts have names of their own
    <svg className="cc-gantt-arrows">
      <defs>
        {(['plain', 'critical', 'trouble'] as const).map((kind) => (
          <marker
            key={kind}
            id={`cc-gantt-head-${kind}`}
            className={`cc-gantt-head cc-gantt-head--${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0.5L7.5 4L0 7.5z" />
          </marker>
        ))}
      </defs>
      {crossing.map((link) => {
        const from = plan.byKey.get(link.from);
        const to = plan.byKey.get(link.to);
        if (!from || !to) return null;
        const ends = linkEnds(link.type);
        const points = arrowPoints(place(scale, from, ends.from), place(scale, to, ends.to), ROW_HEIGHT);
        const path = roundedPath(points);
        const kind =
          link.status !== 'active'
            ? 'trouble'
            : showCritical && isCritical(link, from, to)
              ? 'critical'
              : 'plain';
        return (
          // biome-ignore lint/a11y/useSemanticElements: SVG has no button
          <g
            key={link.id}
            role="button"
            tabIndex={-1}
            aria-label={linkWords(plan, link)}
            className={classNames('cc-gantt-arrow', `cc-gantt-arrow--${kind}`)}
            onClick={() => openLink(link.id)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') openLink(link.id);
            }}
          >
            <path className="cc-gantt-arrow__hit" d={path} />
            <path className="cc-gantt-arrow__line" d={path} markerEnd={`url(#cc-gantt-head-${kind})`} />
            {link.status === 'active' ? null : (
              <Label
                at={middle(points)}
                text={link.status === 'suspended' ? words.suspended : words.notMet}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

function place(scale: Scale, row: Row, end: 'start' | 'finish') {
  const { left, right } = spanOf(scale, row, row.milestone);
  const half = row.milestone ? 9 : 0;
  return {
    x: end === 'start' ? left - half : right + half,
    y: HEADER_HEIGHT + (row.number - 0.5) * ROW_HEIGHT,
    end,
  };
}

/** A link is on the critical path if it joins two critical tasks without slack. */
const isCritical = (link: Link, from: Row, to: Row): boolean => from.critical && to.critical && link.tight;

/** `Link from Design to Build, FS+2d, suspended`. */
export function linkWords(plan: Plan, link: Link): string {
  const kind = formatPredecessor({ row: 0, type: link.type, lag: link.lag }).slice(1) || 'FS';
  const named = words.linkNamed(nameOf(plan, link.from), nameOf(plan, link.to), kind);
  return link.status === 'active' ? named : words.linkStatus[link.status](named);
}

function middle(points: readonly (readonly [number, number])[]): readonly [number, number] {
  const at = Math.floor((points.length - 1) / 2);
  const [a, b] = [points[at] ?? [0, 0], points[at + 1] ?? [0, 0]];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function Label({ at, text }: { at: readonly [number, number]; text: string }) {
  return (
    <g className="cc-gantt-arrow__label" transform={`translate(${at[0]} ${at[1]})`}>
      <rect x="-34" y="-9" width="68" height="18" rx="9" />
      <text textAnchor="middle" dominantBaseline="central">
        {text}
      </text>
    </g>
  );
}
