/** How a remedy begins that the setup itself is: `Run the setup: it takes the filter off.` */
const setupAdvice = /^(?:Or run|Run) the setup\b/;

/**
 * A remedy without the sentences that tell to run the setup, for reports that say so once for all steps. Remedies say
 * it in sentences of their own.
 */
export const omitSetupAdvice = (remedy: string): string =>
  remedy
    .split(/(?<=\.) (?=\p{Lu})/u)
    .filter((sentence) => !setupAdvice.test(sentence))
    .join(' ');
