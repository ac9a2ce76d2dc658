import { ensureDatabase } from '@/lib/db/ensure-database';
import { KEPT_SECRETS, keptSecret } from '@/lib/env/kept-secrets';
import { askedToStop } from './runtime/asked-to-stop';
import { runProcess, say } from './runtime/run-process';
import { assertBuilt, webChild } from './supervisor/children';
import { supervise } from './supervisor/supervise';

/** `npm run web`: the web application alone, sharing the database with whatever else runs. */
await runProcess(async (settings) => {
  assertBuilt();
  const stopping = new AbortController();
  const asked = askedToStop().then(() => stopping.abort());
  const database = await ensureDatabase(settings, { processName: 'web-starter', onProgress: say });
  try {
    for (const name of KEPT_SECRETS) keptSecret(name);
    const web = await supervise([webChild(settings, 'start', database.childVariables)], stopping.signal);
    if (!stopping.signal.aborted) say(`Tallystick's web application is ready at ${settings.publicUrl}`);
    await asked;
    await web.stop();
  } finally {
    await database.leave();
  }
  return 0;
});
