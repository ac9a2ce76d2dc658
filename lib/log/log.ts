import { destination, type Logger, pino } from 'pino';
import { logLevel } from '@/lib/env/log-level';

/**
 * The only logger: one JSON line per event on stderr, since stdout belongs to what a command answers.
 *
 * A static message, ids and counts as fields; never names, e-mail addresses, payloads or tokens. What slips in under a
 * well-known key is blotted out.
 */
export const log: Logger = pino(
  {
    level: logLevel(),
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        ...[
          'password',
          'secret',
          'token',
          'authorization',
          'cookie',
          'key',
          'email',
          'clientSecret',
          'accessToken',
        ].flatMap((name) => [name, `*.${name}`]),
        'headers.authorization',
        'headers.cookie',
        'err.config',
        'err.request',
        'err.response',
      ],
      censor: '[redacted]',
    },
  },
  destination({ dest: 2, sync: true }),
);
