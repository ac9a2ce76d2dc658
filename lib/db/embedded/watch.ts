import { messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import { attachEmbedded, type EmbeddedServer } from './embedded';
import { isAlive } from './process-identity';
import { recordedServer } from './server';

const LOOK_EVERY_MS = 1_000;

/**
 * Starts the server again when it died under living processes, on the port it had, so that every pool finds it where it was.
 * Of several processes that watch, the first to see it does. Returns what ends the watching; it keeps no process alive.
 */
export function watchEmbedded(
  dataDir: string,
  server: Pick<EmbeddedServer, 'dataFolder'>,
): () => Promise<void> {
  let mending: Promise<void> | null = null;
  const timer = setInterval(() => {
    const recorded = recordedServer(server.dataFolder);
    if (mending !== null || (recorded !== null && isAlive(recorded.pid))) return;
    mending = startAgain(dataDir).finally(() => {
      mending = null;
    });
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await mending;
  };
}

async function startAgain(dataDir: string): Promise<void> {
  try {
    const again = await attachEmbedded(dataDir);
    // This process is announced already; leaving at once takes only the second announcement away.
    await again.leave();
    if (!again.adopted) log.warn({ room: 'db' }, 'embedded database had died and was started again');
  } catch (error) {
    log.error({ room: 'db', reason: messageOf(error) }, 'embedded database died and does not start again');
  }
}
