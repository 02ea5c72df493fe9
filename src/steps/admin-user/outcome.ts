import type { OutcomeLine } from '../../core/step.ts';
import { isReadyAdministrator } from '../shared/administrators.ts';
import { joinNames } from '../shared/name-list.ts';
import type { AdminUserFacts } from './make-administrator.ts';

/** As whom the owner signs in to the console from now on. */
export const describeSignIn = ({
  candidates,
}: Pick<AdminUserFacts, 'candidates'>): readonly OutcomeLine[] => {
  const ready = candidates.filter((one) => isReadyAdministrator(one) && one.hasPassword);
  if (ready.length === 0) return [];
  const names = joinNames(
    ready.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
    'or',
  );
  const proof = ready.every(({ usesAuthenticatorApp }) => usesAuthenticatorApp)
    ? 'a code from the phone'
    : 'MFA';
  return [{ about: 'sign-in', text: `as ${names}, with ${proof}` }];
};
