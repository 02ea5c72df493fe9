import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/practice/totp.ts';
import { practise, refusalOf } from '../../_support/practice-clients.ts';

const maria = { UserName: 'maria' };

const withPhone = async () => {
  const account = practise();
  const { iam, desk } = account;
  await iam.send(new CreateUserCommand(maria));
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }),
  );
  const seed = new TextDecoder().decode(VirtualMFADevice?.Base32StringSeed);
  await desk.scanQrCode(`otpauth://totp/AWS:maria?secret=${seed}&issuer=AWS`);
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  const codes = (first: string, second: string) => ({
    ...maria,
    SerialNumber,
    AuthenticationCode1: first,
    AuthenticationCode2: second,
  });
  const enable = (first: string, second: string) =>
    iam.send(new EnableMFADeviceCommand(codes(first, second)));
  const resync = (first: string, second: string) =>
    iam.send(new ResyncMFADeviceCommand(codes(first, second)));
  return { ...account, SerialNumber, enable, resync, device: VirtualMFADevice, seed };
};

const refused = {
  name: 'InvalidAuthenticationCodeException',
  code: 'InvalidAuthenticationCode',
  status: 403,
};

describe('the codes of the practice phone', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('are those of RFC 6238, appendix B, at second %i', (second, code) => {
    const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(generateCode(seed, Math.floor(second / 30))).toBe(code);
  });

  it('do not exist before a QR code was scanned', () => {
    expect(() => practise().desk.getCode()).toThrow('The phone has not scanned anything yet.');
  });

  it.each([
    'https://example.com',
    'otpauth://totp/a?secret=1',
    'otpauth://hotp/a?secret=AAAA&counter=1',
    'otpauth://totp/a?secret=AAAA&digits=8',
  ])('are not available after scanning %s', async (uri) => {
    await expect(practise().desk.scanQrCode(uri)).rejects.toThrow('The phone cannot read this QR code.');
  });
});

describe('a virtual MFA device of the practice account', () => {
  it('has a seed of 64 base32 characters and a PNG', async () => {
    const { device, seed } = await withPhone();
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    expect(
      Buffer.from(device?.QRCodePNG ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('is assigned by two consecutive codes', async () => {
    const { enable, desk, iam, SerialNumber } = await withPhone();
    await enable(...desk.getConsecutiveCodes());
    const { MFADevices } = await iam.send(new ListMFADevicesCommand(maria));
    expect(MFADevices).toEqual([{ ...maria, SerialNumber, EnableDate: expect.any(Date) }]);
  });

  it.each([
    ['of the window now and the next one', 0, 1],
    ['of a slow typist', -3, -2],
  ])('accepts codes %s', async (_who, first, second) => {
    const { enable, desk } = await withPhone();
    await expect(enable(desk.getCodeAtOffset(first), desk.getCodeAtOffset(second))).resolves.toBeDefined();
  });

  it.each([
    ['the same code twice', 0, 0],
    ['codes in the wrong order', 0, -1],
    ['codes that are not consecutive', -2, 0],
    ['stale codes', -4, -3],
    ['codes from the future', 1, 2],
  ])('refuses %s', async (_what, first, second) => {
    const { enable, desk, iam } = await withPhone();
    expect(await refusalOf(enable(desk.getCodeAtOffset(first), desk.getCodeAtOffset(second)))).toMatchObject(
      refused,
    );
    const { VirtualMFADevices } = await iam.send(
      new ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }),
    );
    expect(VirtualMFADevices).toEqual([]);
  });

  it('refuses the codes of another seed', async () => {
    const { enable } = await withPhone();
    const other = 'A'.repeat(64);
    expect(await refusalOf(enable(generateCode(other, 1), generateCode(other, 2)))).toMatchObject(refused);
  });

  it('refuses codes that have expired', async () => {
    const { enable, desk, clock } = await withPhone();
    const codes = desk.getConsecutiveCodes();
    clock.advance(90_000);
    expect(await refusalOf(enable(...codes))).toMatchObject(refused);
  });

  it('refuses codes that were used before, one or both, and accepts the next two', async () => {
    const { enable, resync, desk, clock } = await withPhone();
    await enable(...desk.getConsecutiveCodes());
    expect(await refusalOf(resync(...desk.getConsecutiveCodes()))).toMatchObject(refused);
    clock.advance(30_000);
    expect(await refusalOf(resync(...desk.getConsecutiveCodes()))).toMatchObject(refused);
    clock.advance(30_000);
    await expect(resync(...desk.getConsecutiveCodes())).resolves.toBeDefined();
  });

  it('refuses codes that are not six digits', async () => {
    const { enable } = await withPhone();
    expect(await refusalOf(enable('12345', '123456'))).toMatchObject({
      code: 'ValidationError',
      status: 400,
    });
    expect(await refusalOf(enable('abcdef', '123456'))).toMatchObject({
      code: 'ValidationError',
      status: 400,
    });
  });

  it('cannot be deleted while it is assigned', async () => {
    const { enable, desk, iam, SerialNumber } = await withPhone();
    await enable(...desk.getConsecutiveCodes());
    const remove = new DeleteVirtualMFADeviceCommand({ SerialNumber });
    expect(await refusalOf(iam.send(remove))).toMatchObject({ name: 'DeleteConflictException', status: 409 });
  });

  it('does not return its seed a second time', async () => {
    const { iam, seed } = await withPhone();
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}));
    expect(VirtualMFADevices).toHaveLength(1);
    expect(JSON.stringify(VirtualMFADevices)).not.toContain(seed);
  });
});
