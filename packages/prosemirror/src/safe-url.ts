/** The longest image that a document takes as a data URL, in characters: it travels in one change. */
export const MAX_DATA_URL = 500_000;

const LINK_SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]+=*$/;

/**
 * The address if following it cannot run anything, else null: one of four schemes, or relative. White space and
 * control characters inside, with which browsers can be fooled, are refused.
 */
export function safeHref(text: string): string | null {
  const href = text.trim();
  if (href === '' || href.length > 4000 || /[\p{Cc}\s]/u.test(href)) return null;
  const scheme = /^[^/?#]*?:/.exec(href)?.[0].toLowerCase();
  return scheme === undefined || LINK_SCHEMES.includes(scheme) ? href : null;
}

/** What a person typed as an address: a bare domain gets `https://`, a mail address `mailto:`. Null if unsafe. */
export function typedHref(text: string): string | null {
  const href = text.trim();
  if (/^[^@/:\s]+@[^@/:\s]+\.[a-z]{2,}$/i.test(href)) return safeHref(`mailto:${href}`);
  if (/^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]|$)/i.test(href)) return safeHref(`https://${href}`);
  return safeHref(href);
}

/** The address of an image that may be shown: http(s), or a raster image as a data URL below the cap. */
export function safeImageSrc(text: string): string | null {
  const src = text.trim();
  if (src.startsWith('data:')) return src.length <= MAX_DATA_URL && DATA_IMAGE.test(src) ? src : null;
  if (src.length > 4000 || /[\p{Cc}\s]/u.test(src)) return null;
  return URL.canParse(src) && /^https?:/i.test(src) ? src : null;
}
