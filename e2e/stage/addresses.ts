import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Set while journeys are written: they play on a demo that already runs on that port and folder. */
export const STAGE_IS_SET = process.env.E2E_RUNNING === '1';
// Kept in the environment, which the runner hands on to each of its processes: all of them name one port.
process.env.E2E_PORT ??= STAGE_IS_SET ? '3260' : String(await freePort());
/** Where the stage stands: a demo of its own beside whatever else runs on the machine. */
export const WEB_PORT = Number(process.env.E2E_PORT);
export const BASE_URL = `http://localhost:${WEB_PORT}`;
export const DATA_DIR = process.env.E2E_DATA_DIR ?? path.join(os.tmpdir(), `tallystick-e2e-${WEB_PORT}`);
/** What the demo told about itself: personas, sandbox address, anchor. */
export const PROGRAMME_FILE = path.join(DATA_DIR, 'demo.json');

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
