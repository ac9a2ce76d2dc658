import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A DATA_DIR of its own that leaves nothing behind. */
export type TemporaryHouse = {
  readonly dataDir: string;
  /** Beside the data: logs and what else is only for looking at. */
  readonly folder: string;
  remove(): void;
};

/** Where the product names a folder outside DATA_DIR that its database was put into. */
const MOVED_FILE = 'postgres-folder.txt';

/** Makes an empty house under the temporary folder. Nothing may run on it any more when it is removed. */
export function temporaryHouse(prefix: string): TemporaryHouse {
  const folder = mkdtempSync(path.join(os.tmpdir(), `${prefix}-`));
  // The database server's own user must be able to enter; mkdtemp lets nobody in but us.
  chmodSync(folder, 0o755);
  const dataDir = path.join(folder, 'data');
  return {
    folder,
    dataDir,
    remove() {
      const moved = path.join(dataDir, MOVED_FILE);
      if (existsSync(moved)) rmSync(readFileSync(moved, 'utf8').trim(), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
