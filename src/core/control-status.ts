import type { AnyStep, Controls, Finding } from './step.ts';

/**
 * What a check says about one control of a standard. `unknown`: the check does not read all that the control asks for, or
 * not with certainty.
 */
export type ControlStatus = {
  standard: keyof Controls;
  id: string;
  status: 'passed' | 'failed' | 'unknown' | 'not-applicable';
};

const judgeControl = (
  { controlRules = [] }: AnyStep,
  { status, facts }: Finding<unknown>,
  standard: keyof Controls,
  id: string,
): ControlStatus['status'] => {
  if (status === 'not-applicable') return 'not-applicable';
  // A check that failed has no facts.
  if (facts === undefined) return 'unknown';
  const rule = controlRules.find(({ controls }) => controls[standard]?.includes(id));
  const holds = rule?.holds(facts);
  if (holds === undefined) return 'unknown';
  return holds ? 'passed' : 'failed';
};

const listControls = (controls: Controls): readonly { standard: keyof Controls; id: string }[] =>
  (['cis5', 'cis7', 'ssb', 'securityHub', 'prowler'] as const).flatMap((standard) =>
    controls[standard].map((id) => ({ standard, id })),
  );

/** The status of each control of a step. It is that of the control, not of the step, which may ask for more. */
export const listControlStatuses = (step: AnyStep, finding: Finding<unknown>): readonly ControlStatus[] =>
  listControls(step.controls).map(({ standard, id }) => ({
    standard,
    id,
    status: judgeControl(step, finding, standard, id),
  }));

/** Most telling first: a rule exists only where a check reads a control exactly, so that another step's silence is none. */
const bySignificance = ['failed', 'passed', 'unknown', 'not-applicable'] as const;

/** Every control once, in the order of the steps. */
export const mergeControlStatuses = (all: readonly ControlStatus[]): readonly ControlStatus[] => {
  const isSame = (one: ControlStatus, other: ControlStatus) =>
    one.standard === other.standard && one.id === other.id;
  return all
    .filter((one, index) => all.findIndex((other) => isSame(one, other)) === index)
    .map(({ standard, id, status }) => {
      const statuses = all
        .filter((other) => isSame({ standard, id, status }, other))
        .map((other) => other.status);
      return { standard, id, status: bySignificance.find((one) => statuses.includes(one)) ?? status };
    });
};
