import { defineConfig } from 'vitest/config';

/** The tests that Stryker asks: those of the rooms that it changes, and none that starts a program. */
export default defineConfig({
  test: {
    include: ['test/{aws,core,lib,run,state,steps}/**/*.test.ts'],
    setupFiles: ['test/_support/short-stacks.ts'],
    isolate: false,
    unstubEnvs: true,
  },
});
