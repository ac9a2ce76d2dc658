import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** Bytes gathered before a chunk goes out: one row per chunk is several times slower. */
const CHUNK_BYTES = 64 * 1024;
const NEEDS_ESCAPE = /[\\\n\r\t\b\f\v]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** A value COPY can carry. Arrays become PostgreSQL arrays, other objects JSON; give JSON arrays as text. */
export type CopyValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | undefined
  | readonly CopyValue[]
  | { readonly [key: string]: unknown };

/**
 * Streams rows into a table in COPY's text format: lines of `copyRow`, in chunks of any size. Within the caller's
 * transaction; a table with row security refuses COPY, so copy into a temporary table and insert from it.
 */
export async function copyInto(
  client: pg.ClientBase,
  target: { readonly table: string; readonly columns: readonly string[] },
  chunks: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): Promise<number> {
  const columns = target.columns.map(quoteName).join(', ');
  const table = target.table.split('.').map(quoteName).join('.');
  const stream = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
  await pipeline(Readable.from(gathered(chunks)), stream);
  return stream.rowCount;
}

/** The rows of a statement as COPY's text format (or what `format` says), as a stream; the caller's transaction must stay open until it ends. */
export function copyOut(client: pg.ClientBase, sql: string, format = ''): Readable {
  return client.query(copyTo(`copy (${sql}) to stdout ${format}`));
}

/** One line of COPY's text format. */
export function copyRow(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : '\t') + copyEscape(values[i]);
  return `${line}\n`;
}

/** One field of COPY's text format; `\N` for null. Throws a RangeError for NUL, which PostgreSQL text cannot hold. */
export function copyEscape(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  return escapeText(plainText(value));
}

function plainText(value: NonNullable<CopyValue>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array)
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  if (isArray(value)) return `{${value.map(arrayElement).join(',')}}`;
  return JSON.stringify(value);
}

function isArray(value: object): value is readonly CopyValue[] {
  return Array.isArray(value);
}

function arrayElement(value: CopyValue): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'object' && isArray(value)) return plainText(value);
  return `"${plainText(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function escapeText(text: string): string {
  if (text.includes('\0')) throw new RangeError('cannot copy text: it holds a NUL character');
  // Most values hold nothing to escape; testing first is several times cheaper than replacing.
  return NEEDS_ESCAPE.test(text) ? text.replace(/[\\\n\r\t\b\f\v]/g, (c) => ESCAPES[c] ?? c) : text;
}

async function* gathered(
  chunks: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    parts.push(bytes);
    size += bytes.length;
    if (size < CHUNK_BYTES) continue;
    yield Buffer.concat(parts, size);
    parts = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(parts, size);
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
