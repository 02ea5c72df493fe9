import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { toAwsCall } from '../../src/core/action.ts';
import * as billing from '../../src/aws/json/billing.ts';
import * as freetier from '../../src/aws/json/freetier.ts';
import { isRead, isRemoval } from '../../src/aws/operation-name.ts';
import { readOnlyPlugin } from '../../src/aws/plugins.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Journal, createJournalPlugin, readJournal } from '../../src/state/journal.ts';
import { arnSchema } from '../../src/practice/world/monitoring.ts';
import * as v from 'valibot';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const Manifest = v.object({ devDependencies: v.record(v.string(), v.string()) });

const clientPackages = async (): Promise<readonly string[]> => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { devDependencies } = v.parse(Manifest, JSON.parse(text));
  return Object.keys(devDependencies).filter((name) => name.startsWith('@aws-sdk/client-'));
};

type CommandClass = new (input: object) => { input: object; schema?: unknown };

const isCommandClass = (name: string, value: unknown): value is CommandClass =>
  /^[A-Z]\w*Command$/.test(name) && typeof value === 'function';

const operationsIn = (service: string, client: object): readonly string[] =>
  Object.entries(client).flatMap(([name, value]) =>
    isCommandClass(name, value) ? [toAwsCall(service, new value({})).operation] : [],
  );

/** Every operation of every client in use, by service. */
const clients = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const fromNpm = await Promise.all(
    (await clientPackages()).map(async (name) => {
      const client: unknown = await import(name);
      const service = name.replace('@aws-sdk/client-', '').replaceAll('-', '');
      return [service, operationsIn(service, Object(client))] as const;
    }),
  );
  return new Map([
    ...fromNpm,
    ['billing', operationsIn('billing', billing)],
    ['freetier', operationsIn('freetier', freetier)],
  ]);
};

/** The first words of operations that only read. All others change something, or might. */
const reads = ['BatchGet', 'Check', 'Describe', 'Get', 'Head', 'List', 'Lookup', 'Search'];

/** Reads by name that return credentials. They change no account; no step may call them without a second thought. */
const givingCredentials = [
  'sts:GetDelegatedAccessToken',
  'sts:GetFederationToken',
  'sts:GetScopedCredentials',
  'sts:GetSessionToken',
  'sts:GetWebIdentityToken',
];

const firstWordOf = (operation: string): string => /:([A-Z][a-z]*)/.exec(operation)?.[1] ?? operation;

describe('the operations of every client in use', async () => {
  const byService = await clients();
  const all = [...byService.values()].flat();

  it.each([...byService.keys()])('are found in the client for %s', (service) => {
    expect(byService.get(service)).not.toEqual([]);
  });

  it('are reads when they only read', () => {
    const reading = all.filter((operation) => reads.includes(firstWordOf(operation)));
    expect(reading.length).toBeGreaterThan(150);
    expect(reading.filter((operation) => !isRead(operation))).toEqual([]);
  });

  it('are never reads when they change something or might', () => {
    const changing = all.filter((operation) => !reads.includes(firstWordOf(operation)));
    expect(changing.length).toBeGreaterThan(200);
    expect(changing.filter(isRead)).toEqual([]);
  });

  it('return credentials from no other Get operation than the known ones', () => {
    const suspicious = all.filter(
      (operation) => isRead(operation) && /Token|Credential|Secret|Login/.test(operation),
    );
    const harmlessOnes = [
      'iam:GetCredentialReport',
      'iam:GetLoginProfile',
      'iam:ListServiceSpecificCredentials',
    ];
    expect(suspicious.toSorted()).toEqual([...givingCredentials, ...harmlessOnes].toSorted());
  });
});

describe('the name of an operation', () => {
  it.each([
    's3:ListBuckets',
    's3:HeadBucket',
    's3:HeadObject',
    's3:GetBucketPolicy',
    's3control:GetPublicAccessBlock',
    's3control:ListAccessPoints',
    'ec2:DescribeVpcs',
    'ec2:GetEbsEncryptionByDefault',
    'ec2:SearchTransitGatewayRoutes',
    'route53:ListHostedZones',
    'route53domains:CheckDomainAvailability',
    'cloudtrail:LookupEvents',
    'codebuild:BatchGetProjects',
    'ecr:BatchGetImage',
    'access-analyzer:ListFindingsV2',
    'resource-explorer-2:Search',
    'deadline:CheckInstances',
  ])('is that of a read: %s', (operation) => {
    expect(isRead(operation)).toBe(true);
  });

  it.each([
    's3:PutBucketPolicy',
    's3:SelectObjectContent',
    's3control:PutPublicAccessBlock',
    's3control:DeletePublicAccessBlock',
    'ec2:RunInstances',
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:ModifyInstanceAttribute',
    'route53:ChangeResourceRecordSets',
    'route53domains:RegisterDomain',
    'ecr:BatchDeleteImage',
    'iam:GenerateCredentialReport',
    'license-manager:CheckInLicense',
    'license-manager:CheckoutLicense',
  ])('is not that of a read: %s', (operation) => {
    expect(isRead(operation)).toBe(false);
  });

  it.each([
    's3:Getaway',
    's3:Listen',
    's3:HeadersPut',
    's3:Headline',
    's3:Searchlight',
    's3:Checkpoint',
    's3:BatchGetaway',
    's3:getObject',
    's3:PutGetObject',
    'GetObject',
    ':GetObject',
    '3s:GetObject',
    'sqs s3:GetObject',
    '',
  ])('is not that of a read without a service and a whole verb: "%s"', (operation) => {
    expect(isRead(operation)).toBe(false);
  });

  it.each([
    ['iam:DeleteUser', true],
    ['iam:DetachUserPolicy', true],
    ['iam:RemoveUserFromGroup', true],
    ['iam:DeactivateMFADevice', true],
    ['s3:DeleteBucket', true],
    ['route53:DeleteHostedZone', true],
    ['iam:CreateUser', false],
    ['ec2:Deleted', false],
    ['s3:PutDeleteMarker', false],
  ])('is recognized as a removal by its whole verb: %s, %s', (operation, expected) => {
    expect(isRemoval(operation)).toBe(expected);
  });
});

describe('a service with a digit in its name', () => {
  const read = { operation: 's3control:GetPublicAccessBlock', input: {} };
  const change = { operation: 's3control:PutPublicAccessBlock', input: {} };
  const answer = () => Promise.resolve({ answer: true });

  it('can be read by a check', async () => {
    expect(await readOnlyPlugin(read, answer)).toEqual({ answer: true });
  });

  it('cannot be changed by a check', () => {
    expect(() => readOnlyPlugin(change, answer)).toThrow('tried to call s3control:PutPublicAccessBlock');
  });

  it('has its changes, but not its reads, in the journal', async () => {
    const folder = await temporaryFolder();
    const plugin = createJournalPlugin(new Journal(folder, systemClock));
    await plugin(read, answer);
    await plugin(change, answer);
    const operations = (await readJournal(folder)).map(({ operation }) => operation);
    expect(operations).toEqual([change.operation, change.operation]);
  });

  it('has ARNs in the practice account', () => {
    expect(v.is(arnSchema, 'arn:aws:route53:us-east-1:123456789012:zone')).toBe(true);
  });
});
