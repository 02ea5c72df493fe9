// Changes the source in one place at a time, and asks whether a test notices:
//   npm run test:mutants                   a sample, the same each time; MUTANTS_SEED=n takes another
//   npm run test:mutants -- core state     of these rooms only
//   MUTANTS=all npm run test:mutants       every mutant, which takes hours. What was tried is kept, and not tried again.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { nat, noBias, sample } from 'fast-check';

const rooms = ['aws', 'core', 'run', 'state', 'steps'];
const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !rooms.includes(room));
if (unknown.length > 0) {
  console.error(`No such room: ${unknown.join(', ')}. There are ${rooms.join(', ')}.`);
  process.exit(2);
}
const chosen = asked.length > 0 ? asked : rooms;
const everything = process.env.MUTANTS === 'all';
const seed = Number(process.env.MUTANTS_SEED ?? 20_261_127);

/** How many places a sample has, and how many lines each. Together about a hundred mutants, three minutes. */
const places = Number(process.env.MUTANTS ?? 70) || 70;
const linesOfAPlace = 5;

/** A sample says less: the mutants of one place are alike, so that a hundred of them swing by ten per cent and more. */
const [wanted, wantedOfSample] = [85, 75];

const linesOf = (file) => readFileSync(file, 'utf8').split('\n').length;

const filesOf = (room) =>
  readdirSync(join('src', room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

const samplePlaces = () => {
  const starts = chosen
    .flatMap(filesOf)
    .flatMap((file) =>
      Array.from({ length: Math.ceil(linesOf(file) / linesOfAPlace) }, (_, nth) => [file, nth]),
    );
  const numbers = sample(noBias(nat(starts.length - 1)), { seed, numRuns: places });
  return [...new Set(numbers)].map((number) => {
    const [file, nth] = starts[number];
    return `${file}:${nth * linesOfAPlace + 1}-${(nth + 1) * linesOfAPlace}`;
  });
};

const noticed = ({ status }) => status === 'Killed' || status === 'Timeout';

/** One run of Stryker, in which these folders of tests are asked. What all runs share is in stryker.config.js. */
const run = (options, folders = ['lib', ...rooms]) => {
  process.env.MUTANTS_TESTS = folders.join(',');
  return new Stryker({
    logLevel: 'warn',
    reporters: everything ? ['progress-append-only'] : ['dots'],
    ...options,
  }).runMutationTest();
};

/** As Stryker is told what to change: its answers count columns from 1, its settings from 0. */
const placeOf = ({ fileName, location: { start, end } }) =>
  `${fileName.slice(fileName.indexOf('src/'))}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

const keyOf = (mutant) => `${placeOf(mutant)} ${mutant.mutatorName} ${mutant.replacement}`;

/**
 * The tests of a room notice most of what is changed in it, and quickly. Only what they do not notice is tried again with
 * the tests of the other rooms.
 */
const runInTwo = async (room, options, again) => {
  const first = await run(options, [room]);
  const left = first.filter((mutant) => mutant.status === 'Survived' || mutant.status === 'NoCoverage');
  if (left.length === 0) return first;
  const second = new Map(
    (await run({ ...again, mutate: [...new Set(left.map(placeOf))] })).map((mutant) => [
      keyOf(mutant),
      mutant,
    ]),
  );
  return first.map((mutant) => (left.includes(mutant) ? (second.get(keyOf(mutant)) ?? mutant) : mutant));
};

const incremental = (name) => ({
  incremental: true,
  incrementalFile: `node_modules/.cache/stryker/${name}.json`,
});

const runRoom = (room) =>
  runInTwo(room, { mutate: filesOf(room), ...incremental(room) }, incremental(`${room}-again`));

const results = [];
if (everything) for (const room of chosen) results.push(...(await runRoom(room)));
else {
  const sampled = samplePlaces();
  for (const room of chosen) {
    const mutate = sampled.filter((place) => place.startsWith(join('src', room) + '/'));
    if (mutate.length > 0) results.push(...(await runInTwo(room, { mutate }, {})));
  }
}

const roomOf = ({ fileName }) => rooms.find((room) => fileName.includes(join('src', room) + '/'));
const tried = results.filter((mutant) => noticed(mutant) || /^(Survived|NoCoverage)$/.test(mutant.status));

const scoreOf = (mutants) => (100 * mutants.filter(noticed).length) / mutants.length;
const line = (name, mutants) => {
  const score = mutants.length === 0 ? '-' : `${scoreOf(mutants).toFixed(1)} %`;
  return [name.padEnd(6), String(mutants.length).padStart(6), score.padStart(8)].join('');
};

for (const { fileName, location, mutatorName, replacement, status } of tried.filter((one) => !noticed(one))) {
  const at = `${fileName.slice(fileName.indexOf('src/'))}:${location.start.line}:${location.start.column}`;
  const text = replacement.replaceAll(/\s+/g, ' ').slice(0, 80);
  console.log(`${status === 'NoCoverage' ? 'no test' : 'survived'}  ${at}  ${mutatorName}  ${text}`);
}
console.log(`\n${'room'.padEnd(6)} tried  noticed`);
for (const room of chosen)
  console.log(
    line(
      room,
      tried.filter((one) => roomOf(one) === room),
    ),
  );
console.log(line('all', tried));
if (!everything)
  console.log(`A sample (MUTANTS_SEED=${seed}). Every mutant: MUTANTS=all npm run test:mutants`);

const limit = everything ? wanted : wantedOfSample;
if (tried.length === 0) console.error('Nothing was tried.');
else if (scoreOf(tried) < limit) console.error(`Fewer than ${limit} % were noticed.`);
process.exit(tried.length > 0 && scoreOf(tried) >= limit ? 0 : 1);
