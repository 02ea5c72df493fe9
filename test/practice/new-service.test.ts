import {
  AccessDeniedException,
  CreatePolicyCommand,
  DescribePolicyCommand,
  DuplicatePolicyException,
  ListPoliciesCommand,
  ListRootsCommand,
  OrganizationsClient,
  OrganizationsServiceException,
  type CreatePolicyCommandInput,
} from '@aws-sdk/client-organizations';
import { CreateUserCommand } from '@aws-sdk/client-iam';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PracticeAccount, type PracticeOptions } from '../../src/practice/account.ts';
import { ErrorResponse } from '../../src/practice/error-response.ts';
import type { OperationContext } from '../../src/practice/operation.ts';
import { createServiceState, type PracticeService } from '../../src/practice/service.ts';
import { practiceServices } from '../../src/practice/services/index.ts';
import { clientsOf, handClock, refusalOf } from '../_support/practice-clients.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const policies = createServiceState('organizations', v.object({ names: v.array(v.string()) }), { names: [] });

/** A service as the author of a step would write it: it keeps the names of policies. */
const madeUpService: PracticeService = {
  state: policies,
  operations: {
    CreatePolicy: ({ world }: OperationContext, { Name = '' }: CreatePolicyCommandInput) => {
      policies.change(world, ({ names }) => names.push(Name));
      if (new Set(policies.read(world).names).size < policies.read(world).names.length)
        throw new ErrorResponse('DuplicatePolicyException', 400, `There is a policy ${Name}.`);
      return {};
    },
    ListPolicies: ({ world }) => ({ Policies: policies.read(world).names.map((Name) => ({ Name })) }),
    ListRoots: () => {
      throw new ErrorResponse('ServiceException', 500, 'out of order');
    },
  },
  errors: {
    base: OrganizationsServiceException,
    modelled: { AccessDeniedException, DuplicatePolicyException },
  },
};

const services = { ...practiceServices, organizations: madeUpService };

const clientOf = (practice: PracticeAccount) => {
  const client = new OrganizationsClient({ region: 'us-east-1', maxAttempts: 1 });
  client.middlewareStack.use(practice.middleware);
  return client;
};

const create = (Name: string) =>
  new CreatePolicyCommand({ Name, Content: '{}', Description: '', Type: 'TAG_POLICY' });

const namesOf = async (client: OrganizationsClient) =>
  (await client.send(new ListPoliciesCommand({ Filter: 'TAG_POLICY' }))).Policies?.map(({ Name }) => Name);

const newFile = async () => join(await temporaryFolder(), 'account.json');

const open = async (file: string, options: PracticeOptions = {}) => {
  const practice = await PracticeAccount.open(file, { clock: handClock(), services, ...options });
  return { practice, client: clientOf(practice) };
};

const keptIn = async (file: string) =>
  JSON.parse(await readFile(file, 'utf8')) as { services?: Record<string, unknown> };

describe('a new service of the practice account', () => {
  it('answers the client with its name, and keeps its state under that name', async () => {
    const file = await newFile();
    const { client } = await open(file);
    await client.send(create('tags'));
    expect((await keptIn(file)).services).toEqual({ organizations: { names: ['tags'] } });
    expect(await namesOf((await open(file)).client)).toEqual(['tags']);
  });

  it('adds nothing to the file while it is only read', async () => {
    const file = await newFile();
    const { practice, client } = await open(file);
    expect(await namesOf(client)).toEqual([]);
    await practice.desk.turnOnRootMfa();
    expect(await keptIn(file)).not.toHaveProperty('services');
  });

  it('keeps nothing of a change that it refuses', async () => {
    const { client } = await open(await newFile());
    await client.send(create('tags'));
    await expect(client.send(create('tags'))).rejects.toBeInstanceOf(DuplicatePolicyException);
    expect(await namesOf(client)).toEqual(['tags']);
  });

  it('opens with its initial state in a file from before it existed', async () => {
    const file = await newFile();
    await open(file, { services: practiceServices });
    const { practice, client } = await open(file);
    expect(practice.notice).toBeUndefined();
    expect(await namesOf(client)).toEqual([]);
  });

  it('leaves its state in the file for a program that does not know it', async () => {
    const file = await newFile();
    await (await open(file)).client.send(create('tags'));
    const older = await open(file, { services: practiceServices });
    await older.practice.desk.turnOnRootMfa();
    expect(older.practice.notice).toBeUndefined();
    expect(await namesOf((await open(file)).client)).toEqual(['tags']);
  });

  it('treats a file as damaged when its state is not what the service keeps', async () => {
    const file = await newFile();
    await open(file);
    await writeFile(
      file,
      JSON.stringify({ ...(await keptIn(file)), services: { organizations: { names: 'tags' } } }),
    );
    expect((await open(file)).practice.notice).toMatch(/a new one was begun/);
  });

  it('refuses a caller without permission with the error of its own client', async () => {
    const { practice, client } = await open(await newFile());
    await clientsOf(practice).iam.send(new CreateUserCommand({ UserName: 'maria' }));
    await practice.desk.signInAs({ user: 'maria' });
    const refused = client.send(create('tags'));
    await expect(refused).rejects.toBeInstanceOf(AccessDeniedException);
    await expect(refused).rejects.toThrow(/not authorized to perform: organizations:CreatePolicy/);
  });

  it('throws an error without a class in its client as an error of the service', async () => {
    const { client } = await open(await newFile());
    const refused = client.send(new ListRootsCommand({}));
    await expect(refused).rejects.toBeInstanceOf(OrganizationsServiceException);
    expect(await refusalOf(refused)).toMatchObject({ name: 'ServiceException', status: 500 });
  });

  it('names an operation that it does not know', async () => {
    const { client } = await open(await newFile());
    await expect(client.send(new DescribePolicyCommand({ PolicyId: 'p-1' }))).rejects.toThrow(
      'The practice account does not know organizations:DescribePolicy.',
    );
  });

  it('may be missing: only a call to it fails, with a message that says so', async () => {
    const { organizations: _, ...others } = practiceServices;
    const { client } = await open(await newFile(), { services: others });
    await expect(client.send(create('tags'))).rejects.toThrow(
      'The practice account does not know organizations:CreatePolicy: it does not answer for this service.',
    );
  });
});
