import type { AnyStep, Controls } from '../../src/core/step.ts';
import type { Drift } from '../counterparts/_support/drifts/drift.ts';
import type { Configuration } from './start/configurations.ts';
import { exitCodeOf } from '../counterparts/_support/drifts/drifts.ts';

/** The pages of docs/ that are made from the steps' declarations. `npm run docs` writes them. */

const generatedNotice =
  '<!-- Made by `npm run docs` from the steps in src/steps. Change the step, not this page. -->';

const performers: Readonly<Record<AnyStep['performedBy'], string>> = {
  root: 'root user',
  administrator: 'administrator',
};

const standards: Readonly<Record<keyof Controls, string>> = {
  cis5: 'CIS AWS Foundations 5.0',
  cis7: 'CIS AWS Foundations 7.0',
  ssb: 'AWS Startup Security Baseline',
  securityHub: 'Security Hub',
  prowler: 'Prowler',
};

const asCode = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const listControls = (controls: Controls): string =>
  Object.entries(standards)
    .map(([standard, name]) => ({ name, ids: controls[standard as keyof Controls] }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ name, ids }) => `${name} ${ids.join(', ')}`)
    .join('; ');

const renderStep = (step: AnyStep): string => {
  const fields: readonly (readonly [string, string])[] = [
    ['Id', asCode([step.id])],
    ['Who can carry it out', performers[step.performedBy]],
    ['Cost', step.cost],
    ['Time', step.minutes === 1 ? 'about a minute' : `about ${step.minutes} minutes`],
    ['Controls', listControls(step.controls)],
    ['Read permissions', asCode(step.readPermissions)],
    ['Questions', asCode(step.questionNames)],
    ['If you skip it', step.help.ifSkipped],
    ['To undo it', step.help.undo],
    ['More', `[AWS documentation](${step.help.url})`],
    ...Object.entries(step.unavailableIn ?? {}).map(
      ([kind, reason]) => [`Not in an account of the kind \`${kind}\``, reason] as const,
    ),
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `- **${name}:** ${value}`);
  return [`## ${step.title}`, step.why.join(' '), lines.join('\n')].join('\n\n');
};

/** docs/steps.md: what every step declares. */
export const renderStepsPage = (steps: readonly AnyStep[]): string =>
  `${[
    '# The steps',
    generatedNotice,
    'The steps in the order of a first run. The id is what `--only`, `--skip` and the answers file use. The questions are those that an [answers file](answers-file.md) can answer; a step can have fewer of them in your account. `aws-first-steps plan` prints the permissions for the changes, which depend on your account and your answers.',
    ...steps.map(renderStep),
  ].join('\n\n')}\n`;

/** docs/permissions.md: what `verify` needs. `ofSession` are the IAM actions of the look at the account itself. */
export const renderPermissionsPage = (steps: readonly AnyStep[], ofSession: readonly string[]): string => {
  const ofSteps = new Set(steps.flatMap((step) => step.readPermissions));
  const optional = ofSession.filter((action) => !ofSteps.has(action));
  const actions = [...ofSteps, ...optional].toSorted();
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  };
  return `${[
    '# Permissions',
    generatedNotice,
    'Root and anyone with the policy `AdministratorAccess` have every permission. For the others, `aws-first-steps plan` prints the exact IAM actions that each open step needs.',
    'A step that lacks a permission is `? not known`, and never counts as done.',
    '## A policy for `verify`',
    '`verify` only reads. This policy is enough for it:',
    ['```json', JSON.stringify(policy, undefined, 2), '```'].join('\n'),
    `These tell what kind of account it is and which plan it is on: ${asCode(optional)}. Without them, \`verify\` works and leaves that out.`,
    'The read permissions of each step are in [steps.md](steps.md).',
  ].join('\n\n')}\n`;
};

const renderTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return lines.toSpliced(1, 0, rule).join('\n');
};

/** What somebody plants in moto, what a server in front of it answers, or both. */
const describePlace = ({ plant, answers }: Drift): string =>
  [...(plant ? ['moto'] : []), ...(answers ? ['server'] : [])].join(', ');

const escapeCell = (text: string): string => text.replaceAll(/[|*_<>]/g, String.raw`\$&`);

const endOfTable = '<!-- The end of what `npm run docs` makes. -->';

const driftsBegin =
  '<!-- Made by `npm run docs` from test/counterparts/_support/drifts. Change the rows there, not here. -->';
const startsBegin =
  '<!-- Made by `npm run docs` from test/_support/start/configurations.ts. Change the rows there, not here. -->';

const replaceTable = (page: string, begin: string, table: string): string => {
  const [before = '', rest = ''] = page.split(begin);
  const after = rest.slice(rest.indexOf(endOfTable));
  return [before, begin, '\n\n', table, '\n\n', after].join('');
};

const renderDrifts = (drifts: readonly Drift[]): string =>
  renderTable([
    ['Step', 'Planted', 'Where', '`verify` says', 'Exit code'],
    ...drifts.map((drift) => [
      `\`${drift.step}\``,
      escapeCell(drift.planted),
      describePlace(drift),
      escapeCell(drift.says),
      String(exitCodeOf(drift)),
    ]),
  ]);

const describeUse = ({ key, at = 'us-east-1', address }: Configuration): string =>
  key === undefined ? '' : `signs with ${key} in ${at}${address === undefined ? '' : `, calls ${address}`}`;

const renderStarts = (configurations: readonly Configuration[]): string =>
  renderTable([
    ['Set up', 'Used, and said', 'Exit code', 'AWS CLI'],
    ...configurations.map((configuration) => [
      escapeCell(configuration.name),
      escapeCell([describeUse(configuration), configuration.says].filter(Boolean).join('; ')),
      String(configuration.exitCode ?? ''),
      escapeCell(configuration.cli ?? 'the same'),
    ]),
  ]);

/** docs/reliability.md with the drifts that another client plants, and the starts, in place of those that are there. */
export const renderReliabilityPage = (
  page: string,
  drifts: readonly Drift[],
  starts: readonly Configuration[],
): string =>
  replaceTable(replaceTable(page, driftsBegin, renderDrifts(drifts)), startsBegin, renderStarts(starts));
