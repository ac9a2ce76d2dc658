import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { databaseError } from '@/lib/db/errors';

/** The user that runs the server, or null for ourselves: PostgreSQL refuses to run as root. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | null;

/** Ourselves, or the user `postgres` when we are root; it is made where missing. */
export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return null;
  const known = accountOf('postgres');
  if (known) return known;
  spawnSync(
    'useradd',
    ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', 'postgres'],
    { stdio: 'ignore' },
  );
  const made = accountOf('postgres') ?? accountOf('nobody');
  if (made) return made;
  throw databaseError(
    'embedded_unavailable',
    'cannot start the embedded database: root may not run PostgreSQL, and there is no other user',
    {
      hint: 'Start Tallystick as an ordinary user, or set DATABASE_URL.',
    },
  );
}

/** Whether that user can enter the folder, through every folder above it. */
export function canEnter(account: ServerAccount, folder: string): boolean {
  if (!account) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return tried.status === 0;
}

function accountOf(name: string): ServerAccount {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}
