/** Why a process is to leave: a signal, or the death of the supervisor that holds the other end of its channel. */
export type StopReason = 'SIGTERM' | 'SIGINT' | 'disconnect';

/** Resolves once when the process is asked to stop; further requests end it at once. */
export function askedToStop(): Promise<StopReason> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (reason: StopReason) => {
      if (asked && reason !== 'disconnect') process.exit(reason === 'SIGINT' ? 130 : 143);
      asked = true;
      resolve(reason);
    };
    process.on('SIGTERM', () => ask('SIGTERM'));
    process.on('SIGINT', () => ask('SIGINT'));
    if (process.channel) process.once('disconnect', () => ask('disconnect'));
  });
}
