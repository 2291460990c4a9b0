import type { ReactNode } from 'react';

/** The four kinds of document, and the home page that leads to them. */
export type Kind = 'docs' | 'board' | 'blocks' | 'gantt' | 'home';

const GLYPHS: Readonly<Record<Kind, ReactNode>> = {
  docs: <path d="M8 9.5h16M8 14.5h16M8 19.5h16M8 24.5h9.5" />,
  board: <path d="M9 8.5v15M16 8.5v9M23 8.5v12" strokeWidth={4.4} />,
  blocks: (
    <>
      <rect x="7.5" y="7.5" width="7" height="7" rx="1.6" fill="currentColor" />
      <path d="M19 11h6M12 20.5h2.5M19 20.5h6M11 15v3.5a2 2 0 0 0 2 2" />
    </>
  ),
  gantt: <path d="M8 9.5h9M12.5 16h10M18 22.5h6" strokeWidth={4} />,
  home: (
    <>
      <circle cx="12.8" cy="16" r="6" />
      <circle cx="19.2" cy="16" r="6" />
    </>
  ),
};

/** The mark of an app: its glyph on a tile in its colour. Decoration: the name stands beside it or on the link. */
export const LogoMark = ({ kind, size = 28 }: { kind: Kind; size?: number }) => (
  <svg
    className={`cc-mark cc-mark--${kind}`}
    width={size}
    height={size}
    viewBox="0 0 32 32"
    aria-hidden="true"
  >
    <rect className="cc-mark__tile" width="32" height="32" rx="8" />
    <g
      className="cc-mark__glyph"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.4}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {GLYPHS[kind]}
    </g>
  </svg>
);
