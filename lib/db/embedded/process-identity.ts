import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * `pid start` of a living process, or null. The start time tells a process from a later one with the same number, which a
 * lock file left by kill -9 or an old container would otherwise mistake for its owner.
 */
export function identityOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  return `${pid} ${startOf(pid)}`;
}

/** Whether the process that a file names by its identity still runs. */
export function isSameProcess(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return Number.isInteger(pid) && pid > 0 && identityOf(pid) === identity.trim();
}

/** Whether a process has that number now; one that has ended and is only not yet reaped counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || linuxStat(pid)?.[0] !== 'Z';
}

function startOf(pid: number): string {
  if (process.platform === 'linux') return linuxStat(pid)?.[19] ?? '-';
  if (process.platform === 'win32') return '-';
  return (
    spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout?.trim()
      .replaceAll(' ', '_') || '-'
  );
}

/** The fields of /proc/<pid>/stat from the state on; the name before them may hold blanks and brackets. */
function linuxStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
