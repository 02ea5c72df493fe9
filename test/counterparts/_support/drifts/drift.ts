import type { StepStatus } from '../../../../src/core/status.ts';
import type { ForeignCall } from '../another-client.ts';
import type { Answers } from '../front.ts';

/** An account in which every step is done, and what its drifts refer to. */
export type FinishedAccount = {
  id: string;
  /** The topic of the billing alarm, and the subscription of the owner to it. */
  topic: string;
  subscription: string;
};

/** Something that somebody changes in a finished account, and what `verify` says of it then. */
export type Drift = {
  /** What was changed, in few words. */
  planted: string;
  step: string;
  /** What another client does in the account. */
  plant?: (account: FinishedAccount) => readonly ForeignCall[];
  /** What moto cannot hold, and a server on this machine answers instead. */
  answers?: (account: FinishedAccount) => Answers;
  /** The Region in which the caller signs in. */
  region?: string;
  status: StepStatus;
  /** Words of the finding, or all of them. */
  says: string;
  exactly?: boolean;
};

/** A policy document with these statements. */
export const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

/** A statement that allows or denies these actions on everything, unless told otherwise. */
export const allow = (Action: string | readonly string[], more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});

export const deny = (Action: string | readonly string[], more: object = {}): object => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
});

export const customerPolicy = ({ id }: FinishedAccount, name: string): string =>
  `arn:aws:iam::${id}:policy/${name}`;

export const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
