import { defineConfig } from 'vitest/config';

/** Tests that start programs: slow where a machine is, so that their limit only catches what hangs. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // By default one processor stays idle; most of these tests wait for programs, and machines of CI have two.
    maxWorkers: '100%',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/terminal/**', 'test/counterparts/**', 'test/faults/**'],
          // So much only on a machine that is busy with much else.
          testTimeout: 120_000,
        },
      },
      { extends: true, test: { name: 'terminal', include: ['test/terminal/**/*.test.ts'], ...patient } },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/counterparts/_support/install-moto.ts'],
          ...patient,
        },
      },
      {
        extends: true,
        test: {
          name: 'counterparts',
          include: ['test/counterparts/**/*.test.ts'],
          globalSetup: ['test/counterparts/_support/install-moto.ts'],
          ...patient,
        },
      },
    ],
  },
});
