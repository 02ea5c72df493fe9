/** Whether everything is to be tried, or a sample that takes minutes at most: FAULTS=all. */
export const everything = process.env['FAULTS'] === 'all';

/**
 * From where samples and random inputs are taken: the same each time, unless FAULTS_SEED says otherwise; where everything
 * is tried, inputs are new ones each time.
 */
export const seed = Number(process.env['FAULTS_SEED'] ?? (everything ? Date.now() % 2 ** 31 : 20_261_124));
