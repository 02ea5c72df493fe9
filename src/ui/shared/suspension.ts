/** As much of the process as stopping and continuing needs. */
export type StoppableProcess = Pick<NodeJS.Process, 'platform' | 'pid'> & {
  kill(pid: number, signal: NodeJS.Signals): unknown;
  on(event: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  off(event: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
};

type Suspension = {
  /** Stops the process and whatever it was started with, as Ctrl-Z does where the terminal reads it. */
  suspend: () => void;
  stop: () => void;
};

/** By now a process that can be stopped has been stopped, and this is after it was continued; in milliseconds. */
const stopTimeoutMs = 250;

/**
 * Gives the terminal back before this process is stopped, and takes it again when it is continued: by Ctrl-Z or a signal
 * from outside. SIGSTOP comes without a warning, so after every SIGCONT everything is drawn anew.
 */
export const listenForSuspension = (
  { leave, resume }: { leave: () => void; resume: () => void },
  host: StoppableProcess = process,
): Suspension => {
  let hasLeft = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const come = () => {
    clearTimeout(timer);
    if (isOver) return;
    // Twice must do no harm: a stop without a warning is followed by one without a leave.
    hasLeft = false;
    host.off('SIGTSTP', stopAlone);
    host.on('SIGTSTP', stopAlone);
    resume();
  };
  const stopBy = (pid: number) => {
    if (hasLeft || isOver || host.platform === 'win32') return;
    hasLeft = true;
    leave();
    // With no listener left, the signal does what it usually does; where nobody could continue the process, nothing.
    host.off('SIGTSTP', stopAlone);
    host.kill(pid, 'SIGTSTP');
    timer = setTimeout(come, stopTimeoutMs);
  };
  const stopAlone = () => stopBy(host.pid);
  host.on('SIGTSTP', stopAlone);
  host.on('SIGCONT', come);
  return {
    suspend: () => stopBy(0),
    stop: () => {
      isOver = true;
      clearTimeout(timer);
      host.off('SIGTSTP', stopAlone);
      host.off('SIGCONT', come);
    },
  };
};
