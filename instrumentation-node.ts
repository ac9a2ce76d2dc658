import http from 'node:http';

/** Next finishes requests in flight but waits without end for open event streams; after this long we leave all the same. */
const DRAIN_LIMIT_MS = 8_000;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Leaves when asked to, and when the supervisor is gone: an orphaned web process would keep the port. */
export function leaveWithSupervisor(): void {
  process.once('SIGTERM', () => leaveLater(143));
  process.once('SIGINT', () => leaveLater(130));
  if (process.channel) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

/**
 * Makes the last hop of X-Forwarded-For the socket's own address, unless the peer is a reverse proxy on this machine, whose
 * word stands. Next keeps what a caller writes there, which would let anybody forge the address in the journal and step
 * around the sign-in throttle.
 */
export function rememberPeers(): void {
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (
    this: http.Server,
    event: string | symbol,
    ...args: unknown[]
  ): boolean {
    const [request] = args;
    if (event === 'request' && request instanceof http.IncomingMessage) {
      request.headers['x-forwarded-for'] = forwardedFor(
        request.headers['x-forwarded-for'],
        request.socket.remoteAddress ?? '',
      );
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}

/** The header with the peer as its last hop; a peer on this machine that names a caller is believed. */
export function forwardedFor(given: string | string[] | undefined, peer: string): string {
  const claimed = Array.isArray(given) ? given.join(', ') : (given ?? '');
  if (claimed === '') return peer;
  return LOOPBACK.test(peer) ? claimed : `${claimed}, ${peer}`;
}

function leaveLater(code: number): void {
  setTimeout(() => process.exit(code), DRAIN_LIMIT_MS).unref();
}
