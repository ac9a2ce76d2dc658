import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSandbox } from './start.ts';

/** The contract's own limit; a test may raise it. */
const CONTRACT_RATE_PER_MINUTE = 300;
const DEFAULT_DWELL_MS = 400;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'data-dir': { type: 'string' },
    anchor: { type: 'string' },
    seed: { type: 'string', default: '1' },
    still: { type: 'boolean', default: false },
    bulk: { type: 'string', default: '0' },
    'dwell-ms': { type: 'string', default: String(DEFAULT_DWELL_MS) },
    'rate-per-minute': { type: 'string', default: String(CONTRACT_RATE_PER_MINUTE) },
    faults: { type: 'string', default: '{}' },
  },
});

const dataDir = values['data-dir'];
const running = await startSandbox({
  port: Number(values.port),
  ...(dataDir === undefined ? {} : { dataDir }),
  ...(values.anchor === undefined ? {} : { anchor: values.anchor }),
  seed: Number(values.seed),
  still: values.still,
  bulk: Number(values.bulk),
  dwellMs: Number(values['dwell-ms']),
  ratePerMinute: Number(values['rate-per-minute']),
  faults: JSON.parse(values.faults),
});

const { url, smtpUrl, anchor, env, policy } = running;
process.stdout.write(`${JSON.stringify({ ready: true, url, smtpUrl, anchor, env, policy })}\n`);

let closing = false;
function stop(): void {
  if (closing) return;
  closing = true;
  running.close().finally(() => process.exit(0));
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
// Gone with its parent: a closed pipe says so. A terminal, a file or /dev/null is no parent's pipe.
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) {
  process.stdin.on('error', stop);
  process.stdin.on('end', stop).resume();
}
