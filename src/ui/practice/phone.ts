import type { Clock } from '../../lib/clock.ts';
import { codePeriodSeconds } from '../shared/code-period.ts';
import type { PracticeDesk } from './desk.ts';

const codePeriodMs = codePeriodSeconds * 1000;

/** The phone of the practice desk as it is held: it knows which codes were used, because AWS takes none twice. */
export const createPracticePhone = (phone: PracticeDesk['phone'], clock: Clock) => {
  let lastUsed: number | undefined;
  const now = () => clock.now().getTime();
  const windowNow = () => Math.floor(now() / codePeriodMs);
  const leftMs = () => codePeriodMs - (now() % codePeriodMs);
  const codeNow = () => phone.code(clock.now());
  const hasFreshCode = () => lastUsed === undefined || windowNow() > lastUsed;

  return {
    scan: async (uri: string): Promise<void> => {
      await phone.scan(uri);
      lastUsed = undefined;
    },
    /** Whether it has scanned anything yet. */
    isReady: (): boolean => {
      try {
        return codeNow() !== '';
      } catch {
        return false;
      }
    },
    display: (): string => {
      const code = codeNow();
      return `Practice phone: ${code.slice(0, 3)} ${code.slice(3)} (${Math.ceil(leftMs() / 1000)} s)`;
    },
    hasFreshCode,
    untilFresh: async (): Promise<void> => {
      while (!hasFreshCode()) await clock.sleep(leftMs());
    },
    /** Types the code that is shown now. */
    type: (): string => {
      lastUsed = windowNow();
      return codeNow();
    },
    /** The owner has read the code and typed it themselves. */
    typed: (code: string): void => {
      if (code === codeNow()) lastUsed = windowNow();
    },
  };
};

/** See {@link createPracticePhone}. */
export type PracticePhone = ReturnType<typeof createPracticePhone>;
