/** Which of the things in both lists have left their order: the fewest that explain it. */
export function movedIn(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const was = new Map(before.map((key, at) => [key, at]));
  const common = after.filter((key) => was.has(key));
  // The longest run that kept its order stays; patience sorting finds it.
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [i, key] of common.entries()) {
    const at = was.get(key) as number;
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((was.get(common[tops[middle] as number] as string) as number) < at) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = i;
  }
  const moved = new Set(common);
  for (let i = tops.at(-1) ?? -1; i >= 0; i = previous[i] as number) moved.delete(common[i] as string);
  return moved;
}
