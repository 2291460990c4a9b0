import { isLoopback, type RelayConfig } from './config.ts';

/**
 * Whether a page from `origin` may connect to the relay at `host` (both as the browser sent them). The relay's own
 * pages may, and those of ALLOWED_ORIGINS. On loopback the host's name must be a loopback one too: a foreign page
 * whose name was made to point at this machine would otherwise pass for our own. Programs that are not browsers send no origin.
 */
export function originAllowed(
  origin: string | undefined,
  host: string | undefined,
  config: RelayConfig,
): boolean {
  if (origin === undefined || config.allowedOrigins.includes(origin)) return true;
  if (!URL.canParse(origin) || host === undefined) return false;
  const page = new URL(origin);
  if (page.host !== host) return false;
  return !isLoopback(config.host) || config.trustProxy || isLoopback(page.hostname.replace(/^\[|\]$/g, ''));
}
