import { runProcess, say } from './runtime/run-process';
import { superviseAll } from './supervisor/supervise-all';

/** `npm start`: migrate, then web and worker under one supervisor, stopped cleanly together. */
await runProcess((settings) => superviseAll({ settings, web: 'start', say }));
