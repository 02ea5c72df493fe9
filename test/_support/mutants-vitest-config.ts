import { defineConfig } from 'vitest/config';
import { fast } from '../../vitest.config.ts';

const { globalSetup: _builtProgram, ...settings } = fast;

const allFolders = 'aws,core,lib,run,state,steps';

/** The folders of tests that Stryker asks (scripts/mutants.js): none that starts a program. */
const folders = (process.env['MUTANTS_TESTS'] ?? allFolders).split(',');

export default defineConfig({
  test: {
    ...settings,
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    // One test that is late on a busy machine would end the whole run before its first mutant.
    testTimeout: 120_000,
  },
});
