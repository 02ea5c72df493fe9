import { judgeRequest, type MaybeDocument } from './decide.ts';
import type { PatternList } from './document.ts';
import { anyOf, judgeAll, judgeAny, not, toCertainty, type Certainty } from './patterns.ts';
import { judgeCall, type Permissions } from './permissions.ts';

/**
 * Services that do what somebody tells them with a role that they are passed, and the calls that it takes (Rhino Security
 * Labs, "AWS IAM Privilege Escalation Methods", the ones with iam:PassRole). All calls of a way are needed.
 */
const waysOfServices: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'cloudformation.amazonaws.com': [['cloudformation:CreateStack']],
  'codebuild.amazonaws.com': [['codebuild:CreateProject', 'codebuild:StartBuild']],
  'datapipeline.amazonaws.com': [
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
  ],
  'ec2.amazonaws.com': [['ec2:RunInstances']],
  'ecs-tasks.amazonaws.com': [['ecs:RegisterTaskDefinition', 'ecs:RunTask']],
  'glue.amazonaws.com': [['glue:CreateDevEndpoint'], ['glue:CreateJob', 'glue:StartJobRun']],
  'lambda.amazonaws.com': [
    ['lambda:CreateFunction', 'lambda:InvokeFunction'],
    ['lambda:CreateFunction', 'lambda:AddPermission'],
    ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
  ],
  'sagemaker.amazonaws.com': [
    ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    ['sagemaker:CreateTrainingJob'],
    ['sagemaker:CreateProcessingJob'],
  ],
};

/** Whether a user may make a call about something new, which has no name that a policy could know. */
const judgeLaunch = (permissions: Permissions, action: string): Certainty => {
  const [service = ''] = action.split(':');
  const account = permissions.userArn.split(':')[4] ?? '';
  return judgeCall(permissions, { action, resource: `arn:aws:${service}:us-east-1:${account}:any/thing` });
};

const trustsService = (role: { arn: string; trustPolicy: MaybeDocument }, service: string): Certainty => {
  const isService = (principals: PatternList | undefined): Certainty => {
    if (principals === undefined) return 'no';
    const named = anyOf(principals.patterns.map((one) => toCertainty(one === `Service:${service}`)));
    return principals.negated ? not(named) : named;
  };
  const context = {
    'aws:principalisawsservice': ['true'],
    'aws:sourceaccount': [role.arn.split(':')[4] ?? ''],
  };
  return judgeRequest(
    [role.trustPolicy],
    { action: 'sts:AssumeRole', resource: role.arn, context },
    isService,
  );
};

/** Whether a user can have a service of AWS act with a role of the same account, as they tell it to. */
export const judgeRolePassing = (
  permissions: Permissions,
  role: { arn: string; trustPolicy: MaybeDocument },
): Certainty =>
  judgeAny(Object.entries(waysOfServices), ([service, ways]) =>
    judgeAll(
      [
        () => trustsService(role, service),
        () =>
          judgeCall(permissions, {
            action: 'iam:PassRole',
            resource: role.arn,
            context: { 'iam:passedtoservice': [service] },
          }),
        () => judgeAny(ways, (way) => judgeAll(way, (action) => judgeLaunch(permissions, action))),
      ],
      (part) => part(),
    ),
  );
