import { MAX_DATA_URL, safeImageSrc } from '@concord/prosemirror/text';
import { words } from '../view/words.ts';

/** What a person reads when a picture cannot be taken. */
export class ImageRefused extends Error {
  override name = 'ImageRefused';
}

/** The longest side that a stored picture keeps, in pixels. */
const MAX_SIDE = 1600;
const KEPT_AS_IS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

const readAsDataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new ImageRefused(words.pictureUnread));
    reader.readAsDataURL(blob);
  });

/**
 * A picture file as a data URL below the cap; what is larger is drawn smaller until it fits.
 * Throws ImageRefused with words for the user if it is no picture or does not fit.
 */
export async function imageFromFile(file: Blob): Promise<string> {
  if (!file.type.startsWith('image/')) throw new ImageRefused(words.noPicture);
  if (KEPT_AS_IS.includes(file.type) && file.size * 1.37 < MAX_DATA_URL) {
    const url = safeImageSrc(await readAsDataUrl(file));
    if (url !== null) return url;
  }
  // An SVG may hold scripts; as a picture in a canvas it runs none, and becomes pixels.
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) throw new ImageRefused(words.pictureFormat);
  try {
    for (let side = MAX_SIDE; side >= 400; side *= 0.75) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      const canvas = new OffscreenCanvas(
        Math.max(1, Math.round(bitmap.width * scale)),
        Math.max(1, Math.round(bitmap.height * scale)),
      );
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.82 });
      const url = safeImageSrc(await readAsDataUrl(blob));
      if (url !== null) return url;
    }
  } finally {
    bitmap.close();
  }
  throw new ImageRefused(words.pictureLarge);
}
