const DURATION = 1400;

/**
 * Makes an element stand out for a moment. Its attributes stay as they are: an editor watches those. Who wants less
 * motion sees the same, without the fading.
 */
export function flash(element: Element): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.animate(
    [
      { outline: '2px solid var(--cc-accent)', outlineOffset: '-1px', offset: 0 },
      { outline: '2px solid var(--cc-accent)', outlineOffset: '-1px', offset: 0.5 },
      {
        outline: `2px solid ${isStill ? 'var(--cc-accent)' : 'transparent'}`,
        outlineOffset: '-1px',
        offset: 1,
      },
    ],
    { duration: DURATION, id: 'flash' },
  );
}
