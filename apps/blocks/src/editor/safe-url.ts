const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];

/** The address if following it cannot run anything, else null: one of four schemes, or relative. */
export function safeHref(text: string): string | null {
  const href = text.trim();
  if (href === '' || href.length > 4000 || /[\p{Cc}\s]/u.test(href)) return null;
  const scheme = /^[^/?#]*?:/.exec(href)?.[0].toLowerCase();
  return scheme === undefined || SCHEMES.includes(scheme) ? href : null;
}

/** What a person typed as an address: a bare domain gets `https://`, a mail address `mailto:`. Null if unsafe. */
export function typedHref(text: string): string | null {
  const href = text.trim();
  if (/^[^@/:\s]+@[^@/:\s]+\.[a-z]{2,}$/i.test(href)) return safeHref(`mailto:${href}`);
  if (/^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]|$)/i.test(href)) return safeHref(`https://${href}`);
  return safeHref(href);
}
