const DURATION = 1400;

const isStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** How a script scrolls: at once for who wants less motion. The rule of the style does not reach scripts. */
export const scrollBehaviour = (): ScrollBehavior => (isStill() ? 'instant' : 'smooth');

/**
 * Makes an element stand out for a moment. Its attributes stay as they are: an editor watches those. Who wants less
 * motion sees the same, without the fading.
 */
export function flash(element: Element): void {
  element.animate(
    [
      { outline: '2px solid var(--cc-accent)', outlineOffset: '-1px', offset: 0 },
      { outline: '2px solid var(--cc-accent)', outlineOffset: '-1px', offset: 0.5 },
      {
        outline: `2px solid ${isStill() ? 'var(--cc-accent)' : 'transparent'}`,
        outlineOffset: '-1px',
        offset: 1,
      },
    ],
    { duration: DURATION, id: 'flash' },
  );
}
