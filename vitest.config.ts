import { accessSync, constants } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Temporary files in memory where there is such a folder: every write of the program waits for the disk otherwise. */
const temporaryFiles = (): Record<string, string> => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return { TMPDIR: '/dev/shm' };
  } catch {
    return {};
  }
};

/** What the unit and terminal tests share. Isolation would load the AWS SDK anew for each file. */
export const fast = {
  isolate: false,
  unstubEnvs: true,
  // Read once, when the program is loaded: it must not be the home of the person who runs the tests.
  env: { ...temporaryFiles(), XDG_STATE_HOME: path.join(tmpdir(), `aws-first-steps-state-${process.pid}`) },
  globalSetup: ['test/_support/build-program.ts'],
  setupFiles: ['test/_support/short-stacks.ts'],
};

/** Tests that start programs: slow where a machine is, so that their limit only catches what hangs. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // One more than there are processors, since many of these tests wait for programs.
    maxWorkers: availableParallelism() + 1,
    // Most of what a test makes is garbage soon after: with more room it is collected less often.
    execArgv: ['--max-semi-space-size=32'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: {
          ...fast,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/terminal/**', 'test/counterparts/**', 'test/faults/**'],
          // So much only on a machine that is busy with much else.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Real programs in real terminals: on a busy machine of CI, one that is starved of time is tried once more.
        test: {
          ...fast,
          name: 'terminal',
          include: ['test/terminal/**/*.test.ts'],
          retry: process.env['CI'] ? 1 : 0,
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/_support/build-program.ts', 'test/counterparts/_support/install-moto.ts'],
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'counterparts',
          include: ['test/counterparts/**/*.test.ts'],
          globalSetup: ['test/_support/build-program.ts', 'test/counterparts/_support/install-moto.ts'],
          ...patient,
        },
      },
    ],
  },
});
