import { formatLocale, relativeTime } from '@concord/ui';
import { useEffect, useState } from 'react';

/** When something was said, in the reader's words; it grows older while one looks. */
export function Ago({ at }: { at: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return null;
  const exact = new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <time dateTime={date.toISOString()} title={exact.format(date)}>
      {relativeTime(at, now)}
    </time>
  );
}
