/** How long the latest answers took, as bars; the tallest is the longest. */
export function Sparkline({ samples, label }: { samples: readonly number[]; label: string }) {
  const most = Math.max(1, ...samples);
  return (
    <svg className="cc-spark" viewBox="0 0 64 16" preserveAspectRatio="none" role="img" aria-label={label}>
      {samples.map((sample, index) => {
        const height = Math.max(1, (sample / most) * 16);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are places on a line
            key={index}
            x={64 - samples.length + index + 0.15}
            y={16 - height}
            width={0.7}
            height={height}
          />
        );
      })}
    </svg>
  );
}
