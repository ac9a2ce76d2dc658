import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Json } from '@/lib/kernel/canonical-json';
import { cannotTypeset } from './errors';

/** A document that takes longer is stopped: 5,000 rows take 6 s of a core, 50 s on one shared by ten. */
const LIMIT_MS = 120_000;
const MAX_SAID = 4_000;

export type Document = { readonly source: string; readonly data: Json };

let last: Promise<unknown> = Promise.resolve();

/**
 * A document as PDF/A-2a (`compile-pdf.ts`), made in a process of its own, since compiling holds its process for seconds and
 * keeps a server from answering. One at a time: each takes up to a core and some hundred megabytes. Throws `cannot_typeset`.
 */
export function typesetPdf(document: Document): Promise<Buffer> {
  const made = last.then(() => inProcess(document));
  last = made.catch(() => undefined);
  return made;
}

function inProcess(document: Document): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Found from the folder the product runs in: a bundler moves this file, but not that one.
    const script = path.join(
      /* turbopackIgnore: true */ process.cwd(),
      'lib',
      'typeset',
      'typeset-process.ts',
    );
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    const pdf: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => pdf.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(0, MAX_SAID);
    });
    child.on('error', (error) => reject(cannotTypeset('its process did not start', error.message)));
    // A child that died takes no input; its end says why.
    child.stdin.on('error', () => undefined);
    child.on('close', (code, signal) => {
      if (code === 0 && pdf.length > 0) resolve(Buffer.concat(pdf));
      else if (signal !== null) reject(cannotTypeset('it took too long', said));
      else reject(cannotTypeset('its source has errors or warnings', said));
    });
    child.stdin.end(JSON.stringify(document));
  });
}
