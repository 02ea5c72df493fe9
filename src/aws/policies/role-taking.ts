import { judgeDenial, judgeRequest, type MaybeDocument } from './decide.ts';
import type { PatternList } from './document.ts';
import { allOf, anyOf, not, toCertainty, type Certainty } from './patterns.ts';
import { createContext, type Permissions } from './permissions.ts';

/** Whether the principals of a trust policy include one of these. */
const createPrincipalJudge =
  (isMeant: (principal: string) => boolean) =>
  (principals: PatternList | undefined): Certainty => {
    if (principals === undefined) return 'no';
    const named = anyOf(principals.patterns.map((one) => toCertainty(isMeant(one))));
    return principals.negated ? not(named) : named;
  };

/**
 * Whether a user can take a role of the same account without MFA. Whom a trust policy names needs nothing else; if it names
 * the account, the user's own policies must allow it (IAM User Guide, "Cross account policy evaluation logic", which says
 * how it is within one account).
 */
export const judgeRoleTaking = (
  { userArn, documents, boundary }: Permissions,
  role: { arn: string; trustPolicy: MaybeDocument },
): Certainty => {
  const account = userArn.split(':')[4] ?? '';
  const accountNames = [`AWS:${account}`, `AWS:arn:aws:iam::${account}:root`, 'AWS:*'];
  const isUser = createPrincipalJudge((principal) => principal === `AWS:${userArn}`);
  const isAccount = createPrincipalJudge((principal) => accountNames.includes(principal));
  // The console says that there was no MFA. A call with an access key says nothing of it.
  return anyOf(
    [['false'], []].map((mfa) => {
      const request = { action: 'sts:AssumeRole', resource: role.arn, context: createContext(userArn, mfa) };
      const isLimited = boundary.length === 0 ? 'yes' : judgeRequest(boundary, request);
      return anyOf([
        allOf([judgeRequest([role.trustPolicy], request, isUser), not(judgeDenial(documents, request))]),
        allOf([
          judgeRequest([role.trustPolicy], request, isAccount),
          judgeRequest(documents, request),
          isLimited,
        ]),
      ]);
    }),
  );
};
