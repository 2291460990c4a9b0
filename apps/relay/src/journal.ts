import { createHash } from 'node:crypto';
import { type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** What the relay tells of itself, one JSON object a line. Never what is in a document, nor a token. */
export type Journal = Logger;

/** Writes to the standard error, so that the addresses on the standard output stay readable. */
export function journal(level: LogLevel): Journal {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['token', '*.token', 'grant'] },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** A room in the journal. Not its name: who knows a name may be able to open the document. */
export function roomTag(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 12);
}
