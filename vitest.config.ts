/** How the suites run; the queue and end-to-end suites start real Redis and PostgreSQL servers. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Many suites mostly wait: for servers, for killed processes, for the next look.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
