/** Does something now and every second from now on; returns what ends it. */
export const runEverySecond = (tick: () => void): (() => void) => {
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
};
