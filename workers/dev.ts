import { runProcess, say } from './runtime/run-process';
import { superviseAll } from './supervisor/supervise-all';

/** `npm run dev`: as `npm start`, with Next's development server. */
await runProcess((settings) => superviseAll({ settings, web: 'dev', say }));
