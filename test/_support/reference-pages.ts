import type { AnyStep, Controls } from '../../src/core/step.ts';

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
    ['Controls', listControls(step.controls)],
    ['Read permissions', asCode(step.readPermissions)],
    ['Questions', asCode(step.questionNames)],
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

type DriftRow = { planted: string; step: string; says: string; exitCode: number };

const renderTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  return [line(head), line([], '-'), ...rows.map((row) => line(row))].join('\n');
};

/** docs/drifts.md: what another client planted, and what was said of it. */
export const renderDriftsPage = (drifts: readonly DriftRow[]): string =>
  `${[
    '# Drifts',
    '<!-- Made by `npm run docs` from test/counterparts/_support/drifts.ts. Change the rows there, not this page. -->',
    'boto3 plants each of these into a finished account of moto, the built program looks, and boto3 takes it out again. After the last one every step is done again. A sentence that the table shortens is in the summary of the step, word for word; the exit code is that of the step alone. `npm run test:counterparts` does it.',
    renderTable(
      ['Planted', 'Step', 'What `verify` says', 'Exit code'],
      drifts.map(({ planted, step, says, exitCode }) => [
        planted.replaceAll('*', String.raw`\*`),
        step,
        says,
        String(exitCode),
      ]),
    ),
  ].join('\n\n')}\n`;
