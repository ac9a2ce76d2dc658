import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { BASE_URL, DATA_DIR, PROGRAMME_FILE, STAGE_IS_SET, WEB_PORT } from './addresses';
import { programme } from './programme';

const LIMIT_MS = 420_000;
const DAY_MS = 86_400_000;

/**
 * Starts the demo as a visitor does, on an empty data folder, still, with an anchor a day back; the journeys begin
 * when it says that the first collection is done. Returns what brings the curtain down again.
 */
export default async function raiseCurtain(): Promise<() => Promise<void>> {
  if (STAGE_IS_SET) return async () => {};
  fs.rmSync(DATA_DIR, { recursive: true, force: true });
  fs.mkdirSync(DATA_DIR, { recursive: true, mode: 0o755 });
  const anchor = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS).toISOString();
  const log = fs.openSync(path.join(DATA_DIR, 'demo.log'), 'w');
  const demo = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'workers/demo/main.ts',
      '--still',
      '--port',
      String(WEB_PORT),
      '--data-dir',
      DATA_DIR,
      '--anchor',
      anchor,
    ],
    { stdio: ['ignore', log, log], env: { ...process.env, CI: '1' } },
  );
  let ended: number | null = null;
  demo.once('exit', (code, signal) => {
    ended = code ?? (signal ? 1 : 0);
  });
  const started = Date.now();
  const giveUp = (because: string): never => {
    demo.kill('SIGTERM');
    const said = fs.readFileSync(path.join(DATA_DIR, 'demo.log'), 'utf8');
    throw new Error(`${because}:\n${said.slice(-4000)}`);
  };
  while (!fs.existsSync(PROGRAMME_FILE)) {
    if (ended !== null || Date.now() - started > LIMIT_MS) giveUp(`the demo did not come up at ${BASE_URL}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // A port taken in the meantime makes the demo move on; whoever answers there is somebody else.
  const { url } = programme();
  if (url !== BASE_URL) giveUp(`the demo came up at ${url}, not at ${BASE_URL}`);
  return async () => {
    if (ended !== null)
      throw new Error(`the demo ended by itself with status ${ended}; see ${DATA_DIR}/demo.log`);
    const gone = new Promise((resolve) => demo.once('exit', resolve));
    demo.kill('SIGTERM');
    await gone;
    fs.rmSync(DATA_DIR, { recursive: true, force: true });
  };
}
