// Runs the fault suites and ends with a table of what was tried and what survived. The suites write their counts, one
// JSON line each, to the file named in FAULTS_TALLY. `FAULTS=all` tries everything; without it, it is a sample.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'first-steps-faults-'));
const [counts, results] = [join(folder, 'tally.jsonl'), join(folder, 'results.json')];

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'faults', ...reporters, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, FAULTS_TALLY: counts } },
);

const rows = read(counts)
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const files = JSON.parse(read(results) || '{"testResults": []}').testResults;
rmSync(folder, { recursive: true });

const total = (kind, name) => rows.reduce((sum, one) => sum + (one.kind === kind ? one[name] : 0), 0);
const tried = (kind) => total(kind, 'tried');
const survived = (kind) => total(kind, 'survived');

const table = (lines) => {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  const cell = (value, column) =>
    typeof value === 'number' ? String(value).padStart(widths[column]) : value.padEnd(widths[column]);
  for (const line of lines) console.log(line.map(cell).join('  ').trimEnd());
};

console.log('');
const inOrder = rows.toSorted((one, other) => one.kind.localeCompare(other.kind));
table([
  ['suite', 'counts', 'tried', 'survived'],
  ...inOrder.map((one) => [one.suite, one.kind, one.tried, one.survived]),
]);

console.log('');
table([
  ['faults tried', tried('faults')],
  ['faults survived', survived('faults')],
  ['inputs tried', tried('inputs')],
  ['inputs survived', survived('inputs')],
  ['kills survived', `${survived('kills')} of ${tried('kills')}`],
  ['permissions taken away', `${survived('permissions')} of ${tried('permissions')}`],
  ['pairs of runs at once', `${survived('two runs')} of ${tried('two runs')}`],
  ['callers and accounts told apart', `${survived('identities')} of ${tried('identities')}`],
  ['whole runs read back', `${survived('runs')} of ${tried('runs')}`],
  ['texts searched for secrets', tried('secrets')],
  ['secrets found', tried('secrets') - survived('secrets')],
  ['operations compared with moto', tried('operations')],
  ['deviations listed', tried('deviations')],
]);

const named = ({ name }) => basename(name);
const isSkipped = (test) => ['skipped', 'pending'].includes(test.status);
const silent = files.filter((file) => !rows.some(({ from }) => from === named(file)));
const skipped = files.flatMap((file) =>
  file.assertionResults.filter(isSkipped).map(({ fullName, meta }) => ({
    test: `${named(file)}: ${fullName}`,
    // Only tests in moto are skipped without a reason of their own.
    because: meta?.skipped ?? 'moto (Python 3) is not there',
  })),
);
const required = process.env.REQUIRE_MOTO === '1';

const objections = [
  ...(files.length === 0 ? ['No suite was run.'] : []),
  ...rows.filter((one) => one.tried === 0).map(({ suite }) => `Nothing was tried: ${suite}`),
  ...rows.filter((one) => one.tried !== one.survived).map(({ suite }) => `Not everything survived: ${suite}`),
  ...silent
    .filter((file) => !file.assertionResults.every(isSkipped))
    .map((file) => `Nothing was reported by: ${named(file)}`),
  ...(required ? skipped.map(({ test }) => `Skipped: ${test}`) : []),
];
console.log('');
if (!required) for (const { test, because } of skipped) console.log(`SKIPPED, since ${because}: ${test}`);
if (process.env.FAULTS !== 'all') console.log('This was a sample; all of it: FAULTS=all npm run test:faults');
for (const objection of objections) console.error(objection);
process.exit(status === 0 && objections.length === 0 ? 0 : 1);
