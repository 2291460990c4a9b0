// Which browsers the tests drive, and how each is launched. Both kinds take part in one document.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, firefox } from '@playwright/test';

export type BrowserKind = 'chromium' | 'firefox';

export const BROWSER_KINDS: readonly BrowserKind[] = ['chromium', 'firefox'];

/** The variable that names a browser's program, and the places where one is usually installed. */
const PROGRAMS: Record<BrowserKind, { readonly variable: string; readonly paths: readonly string[] }> = {
  chromium: {
    variable: 'CONCORD_CHROMIUM',
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
  },
  firefox: {
    variable: 'CONCORD_FIREFOX',
    paths: [
      '/usr/bin/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
  },
};

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's program on this machine, or null: then Playwright's own build is used. */
function programOf(kind: BrowserKind): string | null {
  const { variable, paths } = PROGRAMS[kind];
  return process.env[variable] ?? paths.find((path) => existsSync(path)) ?? null;
}

/** Whether a browser of this kind is here at all: the machine's own, or Playwright's download. */
export function isPresent(kind: BrowserKind): boolean {
  const playwrights = kind === 'chromium' ? chromium : firefox;
  return existsSync(programOf(kind) ?? playwrights.executablePath());
}

/**
 * Starts a headless browser.
 *
 * @throws when the program is missing or does not start; the message says which.
 */
export async function launch(kind: BrowserKind): Promise<Browser> {
  const program = programOf(kind);
  const where = program === null ? {} : { executablePath: program };
  if (kind === 'chromium') return chromium.launch({ ...where, args: CHROMIUM_ARGS });
  // A stock Firefox speaks WebDriver BiDi; Playwright's own build, its own protocol.
  return firefox.launch(program === null ? {} : { ...where, channel: 'moz-firefox' });
}

/** What a context of this kind cannot do is left alone: a stock Firefox emulates no media features. */
export function contextOptions(kind: BrowserKind): BrowserContextOptions {
  if (kind === 'chromium' || programOf('firefox') === null) return {};
  return { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };
}
