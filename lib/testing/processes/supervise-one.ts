import { startChild } from '@/workers/supervisor/child';

/** A supervisor of one child given as a script, to be killed; prints the child's process id. */
const child = startChild({ name: 'orphan', args: ['-e', process.argv[2] ?? ''], stopLimitMs: 1_000 });
process.stdout.write(`${child.pid()}\n`);
setInterval(() => {}, 1_000);
