import type { Json } from '@/lib/kernel/canonical-json';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { compilePdf } from './compile-pdf';

/** The process behind `typesetPdf`: one document on standard input as JSON, its PDF on standard output, else why not on standard error. */
async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  const document: { source: string; data: Json } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  process.stdout.write(await compilePdf(document));
}

main().catch((thrown: unknown) => {
  const details = thrown instanceof AppError ? thrown.details?.diagnostics : undefined;
  process.stderr.write(`${messageOf(thrown)}\n${typeof details === 'string' ? details : ''}`);
  process.exitCode = 1;
});
