import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteLog } from './sqlite-log.ts';
import { connect, saved, until } from './testing/client.ts';
import { type RelayProcess, startProcess } from './testing/process.ts';

/**
 * A layer between the relay and its files: while the file named by FAULT holds a word, calls on the log fail as that
 * word says. `sync`: fsync and fdatasync with EIO; `write`: writes with EIO; `full`: writes with ENOSPC.
 */
const LAYER = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int faulty(int fd, const char *word) {
  char link[64], path[512], said[16] = {0};
  const char *file = getenv("FAULT");
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (!file || n <= 0) return 0;
  path[n] = 0;
  if (!strstr(path, "log.sqlite")) return 0;
  int f = open(file, O_RDONLY);
  if (f < 0) return 0;
  n = read(f, said, sizeof said - 1);
  close(f);
  return n > 0 && !strcmp(said, word);
}
#define REAL(type, name) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)
typedef int (*sync_t)(int);
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef ssize_t (*write_t)(int, const void *, size_t);
int fsync(int fd) { REAL(sync_t, "fsync"); if (faulty(fd, "sync")) { errno = EIO; return -1; } return real(fd); }
int fdatasync(int fd) { REAL(sync_t, "fdatasync"); if (faulty(fd, "sync")) { errno = EIO; return -1; } return real(fd); }
static int failed(int fd) {
  if (faulty(fd, "write")) { errno = EIO; return 1; }
  if (faulty(fd, "full")) { errno = ENOSPC; return 1; }
  return 0;
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite_t, "pwrite"); return failed(fd) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off_t o) { REAL(pwrite_t, "pwrite64"); return failed(fd) ? -1 : real(fd, b, n, o); }
ssize_t write(int fd, const void *b, size_t n) { REAL(write_t, "write"); return failed(fd) ? -1 : real(fd, b, n); }
`;

let folder: string;
let relay: RelayProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
});
afterEach(async () => {
  await relay?.end('SIGKILL');
  relay = null;
  rmSync(folder, { recursive: true, force: true });
});

/** The layer, built; null where there is no compiler or no such loader. */
function build(): string | null {
  if (process.platform !== 'linux') return null;
  const [source, layer] = [join(folder, 'layer.c'), join(folder, 'layer.so')];
  writeFileSync(source, LAYER);
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', layer, source, '-ldl'], { stdio: 'ignore' });
    return layer;
  } catch {
    return null;
  }
}

describe('a disk that fails under the process', () => {
  it.each(['sync', 'write', 'full'])(
    '[R4] %s: nothing is acknowledged that is not on disk, health says so, and all is well when the disk is',
    async (word) => {
      const layer = build();
      if (!layer) {
        console.warn('skipped: no C compiler for the layer between relay and disk');
        return;
      }
      const fault = join(folder, 'fault');
      const data = join(folder, 'data');
      const started = await startProcess({
        PORT: '0',
        DATA_DIR: data,
        LD_PRELOAD: layer,
        FAULT: fault,
        LOG_LEVEL: 'silent',
      });
      relay = started;
      const ana = connect(started.url, 'docs/faulty', 'Ana');
      await ana.ready;
      ana.doc.change((root) => root.words.add('before'));
      await saved(ana);
      writeFileSync(fault, word);
      ana.doc.change((root) => root.words.add('during'));
      const healthz = async (): Promise<number> => (await fetch(`${started.url}/healthz`)).status;
      await until(
        () => failing,
        (look) => {
          const timer = setInterval(async () => {
            failing ||= (await healthz()) === 503;
            look();
          }, 20);
          return () => clearInterval(timer);
        },
      );
      expect(ana.status.get()).toMatchObject({ waiting: 1 });
      expect(ana.status.get().badge).not.toBe('saved');
      rmSync(fault);
      await saved(ana);
      expect(await healthz()).toBe(200);
      // What was acknowledged is there when the power goes now.
      await started.end('SIGKILL');
      relay = null;
      const log = new SqliteLog(data);
      expect((await log.find('docs/faulty'))?.version.get(ana.doc.replica)).toBe(
        ana.doc.version.get(ana.doc.replica),
      );
      await log.close();
      await ana.close();
    },
    90_000,
  );
  let failing = false;
  beforeEach(() => {
    failing = false;
  });
});
