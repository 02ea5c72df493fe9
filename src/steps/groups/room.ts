/** The most managed policies that a group can have. This and the next cannot be raised (IAM User Guide, "Quotas"). */
export const maxPoliciesPerGroup = 10;

/** How many characters the inline policies of a group can have together. White space does not count. */
const maxInlineSizePerGroup = 5120;

/** Whether a group can have all these policies: managed ones by ARN, inline ones by what they say. */
export const canHoldPolicies = (arns: readonly string[], documents: readonly string[]): boolean =>
  new Set(arns).size <= maxPoliciesPerGroup &&
  documents.reduce((sum, document) => sum + document.replaceAll(/\s/g, '').length, 0) <=
    maxInlineSizePerGroup;

export const moreGroupsRemedy =
  'Delete a group that nobody needs, or ask AWS for more groups in the Service Quotas console.';
