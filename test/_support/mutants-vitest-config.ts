import { defineConfig } from 'vitest/config';
import { fast } from '../../vitest.config.ts';

const { globalSetup: _builtProgram, ...settings } = fast;

/** The tests that Stryker asks: those of the rooms that it changes, and none that starts a program. */
export default defineConfig({
  test: {
    ...settings,
    include: ['test/{aws,core,lib,run,state,steps}/**/*.test.ts'],
    // One test that is late on a busy machine would end the whole run before its first mutant.
    testTimeout: 120_000,
  },
});
