import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { words } from '../words.ts';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** A small label for a state or a count. */
export const Badge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`cc-badge cc-tone--${tone}`}>{children}</span>
);

const TONE_ICON = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
} as const;

export type BannerProps = { tone?: Tone; children: ReactNode; action?: ReactNode };

/** A line across the top of a view for something that stays true for a while: read-only, reconnecting. */
export function Banner({ tone = 'info', children, action }: BannerProps) {
  const Icon = TONE_ICON[tone];
  return (
    <div className={`cc-banner cc-tone--${tone}`}>
      <Icon aria-hidden="true" />
      <div className="cc-banner__words">{children}</div>
      {action}
    </div>
  );
}

export type EmptyStateProps = { title: string; icon?: ReactNode; children?: ReactNode; action?: ReactNode };

/** What a view says when it has nothing to show yet, and what to do about it. */
export const EmptyState = ({ title, icon, children, action }: EmptyStateProps) => (
  <div className="cc-empty">
    {icon ? (
      <div className="cc-empty__icon" aria-hidden="true">
        {icon}
      </div>
    ) : null}
    <p className="cc-empty__title">{title}</p>
    {children ? <div className="cc-empty__words">{children}</div> : null}
    {action ? <div className="cc-empty__action">{action}</div> : null}
  </div>
);

/** Grey lines in the shape of what is coming. Put it inside an element that says that it is loading. */
export const Skeleton = ({
  lines = 1,
  width,
  height,
}: {
  lines?: number;
  width?: string;
  height?: string;
}) => (
  <span className="cc-skeleton" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        key={line}
        className="cc-skeleton__line"
        style={{ inlineSize: width, blockSize: height }}
      />
    ))}
  </span>
);

/** A turning ring, with words for screen readers. */
export function Spinner({ label, size = 'medium' }: { label?: string; size?: 'small' | 'medium' | 'large' }) {
  return <span role="img" aria-label={label ?? words.loading} className={`cc-spinner cc-spinner--${size}`} />;
}

export type ProgressBarProps = { label: string; value: number | null; max?: number };

/** How far something has come: `value` of `max` (100), or null while nobody knows. */
export function ProgressBar({ label, value, max = 100 }: ProgressBarProps) {
  const share = value === null ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div
      role="progressbar"
      className="cc-progress"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value === null ? undefined : share * max}
    >
      <div
        className={classNames('cc-progress__bar', value === null && 'cc-progress__bar--unknown')}
        style={value === null ? undefined : { inlineSize: `${share * 100}%` }}
      />
    </div>
  );
}
