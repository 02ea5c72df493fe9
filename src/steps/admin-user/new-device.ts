import { formatDeviceName } from '../shared/administrators.ts';

/** A virtual device found by a check: its ARN, and whether it is someone's second factor. */
export type KnownDevice = { serial: string; assigned: boolean };

/**
 * A virtual device to create: its name, the ARN that IAM will give it, and any unassigned device that blocks that ARN.
 */
export type NewDevice = { name: string; serial: string; orphanSerial?: string };

const getDeviceName = (serial: string): string => (serial.split('/').at(-1) ?? '').toLowerCase();

/**
 * Chooses the name of a user's new device. Devices of this program carry its name, which distinguishes leftovers of an
 * interrupted run from other devices. A name that is someone's second factor is taken: a user may have been renamed
 * since, and their device keeps its original name.
 */
export const chooseNewDevice = (
  accountId: string,
  user: string,
  known: readonly KnownDevice[],
): NewDevice => {
  for (let number = 1; ; number += 1) {
    const name = `${formatDeviceName(user)}${number === 1 ? '' : `-${number}`}`;
    const serial = `arn:aws:iam::${accountId}:mfa/${name}`;
    const namesakes = known.filter((one) => getDeviceName(one.serial) === name.toLowerCase());
    // This program never creates a device in another path.
    const foreign = namesakes.some(
      (one) => one.assigned || one.serial.toLowerCase() !== serial.toLowerCase(),
    );
    const [leftover] = namesakes;
    if (!foreign) return { name, serial, ...(leftover && { orphanSerial: leftover.serial }) };
  }
};
