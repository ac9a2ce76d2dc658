import { z } from 'zod';
import { GenesysError } from '../model/errors';
import { type ArrayScan, envelopeBytes, JsonScanError, scanJsonArray } from '../model/scan-json-array';
import { badAnswer } from '../transport/raw-http-client';
import type { RawAnswer } from '../transport/request-context';

/** One page of audit records as it came. */
export type AuditPage = {
  readonly path: 'pull' | 'realtime' | 'file';
  /** The query it answers; for realtime a name of the request. */
  readonly queryId: string;
  /** Where it was read, without secrets. */
  readonly url: string;
  /** From 1 within one run of the query. */
  readonly pageNumber: number;
  /** The body as received, after content decoding. For `file` the document is the array itself, else it is its member `entities`. */
  readonly bytes: Buffer;
  /** How many elements the array has. */
  readonly count: number;
  readonly receivedAt: Date;
  readonly contextId: string | null;
  /** 0, or how often the query was begun again: records delivered before come once more. */
  readonly restart: number;
};

/** The member that holds the records; null when the document is the array itself. */
export function arrayMemberOf(path: AuditPage['path']): 'entities' | null {
  return path === 'file' ? null : 'entities';
}

/** What stands around the records of a results page. Unknown members pass. */
const resultsEnvelope = z.looseObject({
  entities: z.array(z.never()),
  cursor: z.string().nullish(),
  pageNumber: z.number().int().nullish(),
  pageCount: z.number().int().nullish(),
  total: z.number().int().nullish(),
});
export type ResultsEnvelope = z.infer<typeof resultsEnvelope>;

/** The body that goes with a redirect to a large result. */
const largeResult = z.looseObject({ downloadUrl: z.url().nullish(), cursor: z.string().nullish() });

/** Finds the records and reads what stands around them. Throws `bad_answer` with the bytes when it is no page. */
export function readEnvelope(
  answer: RawAnswer,
  doing: string,
): { scan: ArrayScan; envelope: ResultsEnvelope } {
  const scan = findRecords(answer, 'entities', doing);
  const value = parseStrictly(envelopeBytes(answer.bytes, scan));
  const read = resultsEnvelope.safeParse(value);
  if (!read.success) throw badAnswer(answer, doing, 'the page around the records cannot be read');
  return { scan, envelope: read.data };
}

/** Finds the records of a file. Throws `bad_answer` when it is no array. */
export function readFileArray(answer: RawAnswer, doing: string): ArrayScan {
  return findRecords(answer, null, doing);
}

/** Whether the whole body is strict UTF-8 and JSON. A page that is not may still hold readable records. */
export function isWholeJson(bytes: Buffer): boolean {
  return parseStrictly(bytes) !== undefined;
}

/** Where a large result lies: from the body of the redirect, else from its `Location`. Throws `bad_answer` when neither tells. */
export function readLargeResult(
  answer: RawAnswer,
  doing: string,
): { downloadUrl: string; cursor: string | null } {
  const read = largeResult.safeParse(parseStrictly(answer.bytes) ?? {});
  const location = answer.headers.location;
  const address =
    (read.success ? read.data.downloadUrl : null) ??
    (location && URL.canParse(location, answer.url) ? new URL(location, answer.url).toString() : null);
  if (!address) throw badAnswer(answer, doing, 'the redirect names no file');
  return { downloadUrl: address, cursor: (read.success ? read.data.cursor : null) || null };
}

/** Whether a success with status 200 is the large-result body instead of a page. */
export function isLargeResult(answer: RawAnswer): boolean {
  if (answer.bytes.length > 64 * 1024) return false;
  const read = largeResult.safeParse(parseStrictly(answer.bytes));
  return read.success && typeof read.data.downloadUrl === 'string';
}

/** Whether the document begins as an array: someone on the way followed the redirect for us. */
export function beginsAsArray(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?[ \t\r\n]*\[/.test(bytes.subarray(0, 64).toString('latin1'));
}

/** The address without its query: presigned addresses carry their signature there. */
export function withoutQuery(address: string): string {
  const url = new URL(address);
  url.search = '';
  url.hash = '';
  return url.toString();
}

export function queryError(
  code: 'query_failed' | 'query_cancelled' | 'query_timed_out' | 'cursor_expired',
  why: string,
  contextId: string | null,
): GenesysError {
  return new GenesysError({
    code,
    message: `cannot read the audit records: ${why}`,
    retryable: true,
    hint: 'The interval counts as not read. It is asked again, in shorter pieces.',
    contextId,
  });
}

function findRecords(answer: RawAnswer, member: string | null, doing: string): ArrayScan {
  try {
    return scanJsonArray(answer.bytes, member);
  } catch (thrown) {
    if (thrown instanceof JsonScanError) throw badAnswer(answer, doing, thrown.message.replace(/^.*?: /, ''));
    throw thrown;
  }
}

function parseStrictly(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch {
    // Not UTF-8 or not JSON: the caller decides what that means.
    return undefined;
  }
}
