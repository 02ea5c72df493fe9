/** A virtual device as a check sees it: its ARN, and whether it is somebody's second factor. */
export type KnownDevice = { serial: string; assigned: boolean };

/** A virtual device to be made: its name, the ARN that IAM will give it, and one without an owner that is in the way. */
export type NewDevice = { name: string; serial: string; orphanSerial?: string };

const getDeviceName = (serial: string): string => (serial.split('/').at(-1) ?? '').toLowerCase();

/**
 * The device to be made for a user. Devices of this program bear its name, so that one that an interrupted run left
 * behind can be told from everybody else's. A name that is somebody's second factor is not free: a user may have been
 * renamed since, and their device keeps the name that it was made with.
 */
export const chooseNewDevice = (
  accountId: string,
  user: string,
  known: readonly KnownDevice[],
): NewDevice => {
  for (let number = 1; ; number += 1) {
    const name = `aws-first-steps-${user}${number === 1 ? '' : `-${number}`}`;
    const serial = `arn:aws:iam::${accountId}:mfa/${name}`;
    const namesakes = known.filter((one) => getDeviceName(one.serial) === name.toLowerCase());
    // One in a path of its own is nothing that this program made.
    const foreign = namesakes.some(
      (one) => one.assigned || one.serial.toLowerCase() !== serial.toLowerCase(),
    );
    const [leftover] = namesakes;
    if (!foreign) return { name, serial, ...(leftover && { orphanSerial: leftover.serial }) };
  }
};
