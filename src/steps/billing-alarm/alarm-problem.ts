/** A way in which the alarm would fail silently, its remedy, and whether the setup can apply that. */
export type AlarmProblem = { description: string; remedy: string; repairable: boolean };

export const createRepairableProblem = (what: string, remedy: string): AlarmProblem => ({
  description: what,
  remedy,
  repairable: true,
});
