import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /^assets\/.*\.(?:js|css|svg)$/;
/** Bytes: less is not worth a file of its own. */
const LEAST = 1024;

/**
 * Lays beside each script and style sheet what travels in its place: `<file>.br`, as small as brotli makes it. That
 * takes a second for the largest, too long for a relay to do while a reader waits, and saves a tenth of the way.
 */
export const compressed = (): Plugin => ({
  name: 'concord-compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    await Promise.all(
      Object.values(bundle).map(async (file) => {
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        if (!WORTH_IT.test(file.fileName) || content.length < LEAST) return;
        const params = {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        };
        await writeFile(
          join(dir, `${file.fileName}.br`),
          await promisify(brotliCompress)(content, { params }),
        );
      }),
    );
  },
});
