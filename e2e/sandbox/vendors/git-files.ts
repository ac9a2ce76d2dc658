import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Answer, Exchange } from '../http/exchange.ts';
import { PROJECT } from '../outside/review-plan.ts';
import type { Sandbox } from '../sandbox.ts';

/** The bare repository by git's plain HTTP protocol, below the host's own address; null for any other path. */
export function gitFile(sandbox: Sandbox, exchange: Exchange): Answer | null {
  const prefix = `/${PROJECT}.git/`;
  if (!exchange.path.startsWith(prefix)) return null;
  const root = sandbox.repository.path;
  const file = path.join(root, exchange.path.slice(prefix.length));
  if (!file.startsWith(`${root}${path.sep}`) || !existsSync(file) || !statSync(file).isFile())
    return { status: 404, raw: 'not found' };
  return {
    status: 200,
    bytes: readFileSync(file),
    headers: { 'content-type': 'application/octet-stream' },
  };
}
