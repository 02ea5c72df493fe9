import {
  GetGroupCommand,
  GetLoginProfileCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupsCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { filesIn, startProgram } from '../terminal/_support/program.ts';
import { personAtScreen, answerAll, type Reply } from '../terminal/_support/person.ts';
import { codes, noteThePassword, passwordOn, secretOn } from '../terminal/_support/step-answers.ts';
import { holdBack, startProxy } from '../_support/aws-proxy.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { bootstrapUser, startMoto, type Moto } from './_support/moto.ts';
import { clients, environment, makeAdministrator, verify } from './_support/signed-in.ts';

let moto: Moto;

beforeAll(async () => {
  if (motoIsInstalled()) moto = await startMoto();
});
afterAll(() => moto?.stop());

const accountOfAnAdministrator = async () => {
  const account = await moto.freshAccount();
  await makeAdministrator(account, moto.url);
  return account;
};

const toTheAdministrator: readonly Reply[] = [
  ['Is this the account', 'enter'],
  // The user whose key the test signs with is an administrator too; the default is somebody new.
  ['Who is the daily administrator?', 'enter'],
  ['User name', (seat) => seat.answer('maria')],
  ['What about the access keys of bootstrap?', (seat) => seat.press('down', 'enter')],
  ['Go ahead?', 'enter'],
];

describe.skipIf(!motoIsInstalled())('somebody in a terminal, against moto', () => {
  it('becomes the administrator, with the phone that scanned the code and the password that was shown', async () => {
    const account = await accountOfAnAdministrator();
    const home = await temporaryFolder();
    const terminal = startProgram(['--home', home, '--only', 'admin-user'], {
      env: environment(account, moto.url),
    });
    const seat = personAtScreen(terminal);
    await answerAll(seat, toTheAdministrator);
    await seat.see('First code');
    const secret = secretOn(seat);
    await answerAll(seat, codes());
    await seat.see('Have you stored');
    const password = passwordOn(seat);
    await answerAll(seat, [noteThePassword]);
    expect((await terminal.exit).code).toBe(0);

    const { iam } = clients(account, moto.url);
    const { Users = [] } = await iam.send(new ListUsersCommand({}));
    expect(Users.map((user) => user.UserName)).toEqual([bootstrapUser, 'maria']);
    const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
    const ours = Groups.find((group) => group.GroupName !== 'Bootstrap')?.GroupName ?? 'Bootstrap';
    const group = await iam.send(new GetGroupCommand({ GroupName: ours }));
    expect(group.Users?.map((user) => user.UserName)).toContain('maria');
    const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: ours }));
    expect(attached.AttachedPolicies).toMatchObject([{ PolicyName: 'AdministratorAccess' }]);
    const serial = `arn:aws:iam::${account.accountId}:mfa/aws-first-steps-maria`;
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName: 'maria' }));
    expect(MFADevices).toMatchObject([{ SerialNumber: serial, EnableDate: expect.any(Date) }]);
    const profile = await iam.send(new GetLoginProfileCommand({ UserName: 'maria' }));
    expect(profile.LoginProfile?.UserName).toBe('maria');

    // Moto tells the seed again, as AWS never would: it is the one that was on the screen.
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}));
    const seed = VirtualMFADevices?.find((device) => device.SerialNumber === serial)?.Base32StringSeed;
    expect(Buffer.from(seed ?? []).toString('ascii')).toBe(secret);

    expect(await verify(account, moto.url, home)).toMatchObject({
      'admin-user': 'attested',
      'root-mfa': 'unmet',
    });
    expect([secret.length, password.length]).toEqual([64, 29]);
    const kept = [...Object.values(await filesIn(home)), ...terminal.scrollback()].join('\n');
    for (const one of [secret, password, account.secretAccessKey]) expect(kept).not.toContain(one);
  });

  it('can stop during a call: it is brought to its end, and no other is begun', async () => {
    const account = await accountOfAnAdministrator();
    const home = await temporaryFolder();
    const proxy = await startProxy(moto.url);
    const { held, release } = holdBack(proxy, 'iam:CreateUser');
    const env = environment(account, proxy.url);
    const terminal = startProgram(['--home', home, '--only', 'admin-user'], { env });
    await answerAll(personAtScreen(terminal), toTheAdministrator);
    await held;
    terminal.press('ctrl-c');
    await terminal.waitFor(/[Ss]topping/);
    expect(terminal.alternate).toBe(true);
    release();
    expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
    await proxy.stop();
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    const { iam } = clients(account, moto.url);
    const { Users = [] } = await iam.send(new ListUsersCommand({}));
    expect(Users.map((user) => user.UserName)).toEqual([bootstrapUser, 'maria']);
    expect(await verify(account, moto.url, home)).toMatchObject({ 'admin-user': 'unmet' });
    const journal = Object.values(await filesIn(home)).join('\n');
    expect(journal).toMatch(/"operation":"iam:CreateUser".*"phase":"done"/);
    expect(journal).not.toMatch(/AddUserToGroup|CreateVirtualMFADevice/);
  });
});
