import { defineConfig } from 'vitest/config';

// Tests run in Node; a file that needs a DOM says `// @vitest-environment happy-dom` at its top.
export default defineConfig({
  test: {
    include: ['{packages,apps}/*/{src,vite}/**/*.test.{ts,tsx}'],
    passWithNoTests: true,
    // Seeded simulations share two cores with everything else: slow is not broken.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
