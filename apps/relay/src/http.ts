import type { ServerResponse } from 'node:http';

/** On every answer. Pages load nothing from elsewhere but pictures, and nobody else may frame them. */
export const SECURITY = {
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; " +
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; " +
    "form-action 'self'; frame-ancestors 'self'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
} as const;

/** Answers with text. */
export function respond(
  res: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (res.headersSent || res.destroyed) return;
  const type = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  res.writeHead(status, { ...SECURITY, ...type, ...headers }).end(text);
}

export function respondJson(res: ServerResponse, status: number, value: unknown): void {
  respond(res, status, `${JSON.stringify(value)}\n`, { 'Content-Type': 'application/json' });
}
