import { words } from '../words.ts';
/** Hands the user a file. */
export function download(name: string, content: BlobPart, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A title as a file name that every system takes. */
export const fileName = (title: string, extension: string): string =>
  `${
    title
      .normalize()
      .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
      .trim()
      .slice(0, 80) || words.untitled
  }.${extension}`;
