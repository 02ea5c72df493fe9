/** One way in which the alarm would fail silently: what it is, what helps, and whether the setup can do that. */
export type AlarmProblem = { description: string; remedy: string; repairable: boolean };

export const createRepairableProblem = (what: string, remedy: string): AlarmProblem => ({
  description: what,
  remedy,
  repairable: true,
});
