// What `npm run test:mutants` (scripts/mutants.js) and `npx stryker run --mutate FILE` have in common.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/_support/mutants-vitest-config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  // Stryker rewrites the tsconfig.json through an API that TypeScript 7 does not have, so it is told of no such file.
  tsconfigFile: 'none.json',
  // Words may change without a test: sentences are read by people.
  mutator: { excludedMutations: ['StringLiteral'] },
  // Tables that are made once, as a module is loaded: each would need all tests again.
  ignoreStatic: true,
  concurrency: 2,
  tempDirName: '.stryker-tmp',
  clearTextReporter: { logTests: false, reportTests: false },
};
