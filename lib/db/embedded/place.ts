import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canEnter, type ServerAccount, serverAccount } from './account';
import { serverBinaries } from './binaries';
import { own, type ServerPlace } from './server';

/** Where data goes when the server's user cannot reach DATA_DIR. */
const ELSEWHERE = '/var/lib/tallystick';
/** Names the folder that was taken instead of DATA_DIR, so that later starts find it whatever has changed. */
const MOVED_FILE = 'postgres-folder.txt';

/**
 * Where the embedded server of a DATA_DIR lives: `DATA_DIR/postgres`, or, where root started us and the server's user cannot
 * reach that, `/var/lib/tallystick/<hash of DATA_DIR>` with a copy of the programs. No folder above has its permissions changed.
 */
export async function embeddedPlace(
  dataDir: string,
  elsewhere: string = ELSEWHERE,
): Promise<ServerPlace & { readonly movedTo: string | null }> {
  mkdirSync(dataDir, { recursive: true });
  const account = serverAccount();
  const home = chooseHome(dataDir, account, elsewhere);
  mkdirSync(home, { recursive: true });
  own(account, home, 0o700);
  const dataFolder = path.join(home, 'data');
  takeOver(account, dataFolder);
  const binaries = await serverBinaries(home, account);
  const movedTo = home.startsWith(path.resolve(dataDir) + path.sep) ? null : home;
  return { account, home, binaries, dataFolder, movedTo };
}

/** In a new container image the server's user may have another number than the one that made the data. */
function takeOver(account: ServerAccount, dataFolder: string): void {
  if (!account || !existsSync(dataFolder) || statSync(dataFolder).uid === account.uid) return;
  spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, dataFolder], { stdio: 'ignore' });
}

function chooseHome(dataDir: string, account: ServerAccount, elsewhere: string): string {
  const moved = path.join(dataDir, MOVED_FILE);
  if (existsSync(moved)) return readFileSync(moved, 'utf8').trim();
  if (canEnter(account, dataDir)) return path.join(path.resolve(dataDir), 'postgres');
  const hash = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  const home = path.join(elsewhere, hash);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  writeFileSync(moved, `${home}\n`);
  return home;
}
