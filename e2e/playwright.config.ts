import { defineConfig } from '@playwright/test';

/** Browsers are launched by the tests themselves (fixtures/browsers.ts): one document holds users of both kinds. */
export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  globalTimeout: 60 * 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: { actionTimeout: 30_000, navigationTimeout: 30_000, screenshot: 'only-on-failure' },
});
