// Runs the fault suites and ends with a table of what was tried and what survived. The suites write their counts, one
// JSON line each, to the file named in FAULTS_TALLY.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'first-steps-faults-'));
const file = join(folder, 'tally.jsonl');

const readTally = () => {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
};

const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'faults', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_TALLY: file },
});

const rows = readTally();
rmSync(folder, { recursive: true });
const width = Math.max(5, ...rows.map(({ suite }) => suite.length));
const row = (suite, tried, survived) =>
  console.log(
    `${String(suite).padEnd(width)}  ${String(tried).padStart(8)}  ${String(survived).padStart(8)}`,
  );

console.log('');
row('suite', 'tried', 'survived');
for (const { suite, tried, survived } of rows) row(suite, tried, survived);
const total = (name) => rows.reduce((sum, one) => sum + one[name], 0);
row('total', total('tried'), total('survived'));

const lost = rows.filter(({ tried, survived }) => tried !== survived);
if (rows.length === 0) console.error('No suite reported anything.');
for (const { suite } of lost) console.error(`Not everything survived: ${suite}`);
process.exit(status === 0 && rows.length > 0 && lost.length === 0 ? 0 : 1);
