import platformClient from 'purecloud-platform-client-v2';
import { SECOND_MS } from '@/lib/kernel/instant';
import type { Answer, GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';
import { badAnswer } from '../transport/raw-http-client';
import {
  type AuditPage,
  beginsAsArray,
  isLargeResult,
  isWholeJson,
  queryError,
  readEnvelope,
  readFileArray,
  readLargeResult,
  withoutQuery,
} from './audit-page';

export type ReadResultsOptions = {
  readonly expandUser?: boolean;
  readonly pageSize?: number;
  readonly allowRedirect?: boolean;
  readonly signal?: AbortSignal;
  readonly onPage: (page: AuditPage) => Promise<void> | void;
};

type Read = {
  readonly page: Omit<AuditPage, 'queryId' | 'pageNumber' | 'restart'>;
  readonly cursor: string | null;
};

const DOING = 'read the results of the audit query';
const MAX_PAGE_SIZE = 500;
/** A page is read again when its bytes are not whole JSON; what comes back the same is handed on as it is. */
const REREADS = 2;
/** Results may lag behind the state `Succeeded`. */
const NOT_YET = 3;
/** So many empty pages with an unchanged cursor are waited for, a second each. */
const MAX_EMPTY = 60;

/** Every page of a query that succeeded, in order. Throws `cursor_expired` when the platform forgot the query or its cursor. */
export async function readResults(
  client: GenesysClient,
  queryId: string,
  restart: number,
  options: ReadResultsOptions,
): Promise<{ pages: number; records: number }> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  let records = 0;
  let waited = 0;
  for (let pageNumber = 1; ; pageNumber++) {
    const read: Read = await readPage(client, queryId, cursor, options);
    records += read.page.count;
    await options.onPage({ ...read.page, queryId, pageNumber, restart });
    if (read.cursor === null) return { pages: pageNumber, records };
    // An empty page may say "not yet" with the cursor it was asked by. Records whose cursor comes back would be read for ever.
    if (read.page.count === 0 && read.cursor === cursor && waited < MAX_EMPTY) {
      waited++;
      await client.pause(SECOND_MS, pauseOptions(options));
      continue;
    }
    if (seen.has(read.cursor))
      throw queryError('cursor_expired', 'the cursor of the results came back', read.page.contextId);
    seen.add(read.cursor);
    cursor = read.cursor;
  }
}

async function readPage(
  client: GenesysClient,
  queryId: string,
  cursor: string | null,
  options: ReadResultsOptions,
): Promise<Read> {
  for (let tries = 1; ; tries++) {
    const mayRepeat = tries <= REREADS;
    try {
      const answer = await askPage(client, queryId, cursor, options);
      if (answer.status >= 300 || isLargeResult(answer)) return await readFile(client, answer, options);
      const read = readBody(answer);
      if (isWholeJson(answer.bytes) || !mayRepeat) return read;
    } catch (thrown) {
      if (!(thrown instanceof GenesysError && thrown.code === 'bad_answer' && mayRepeat)) throw thrown;
    }
    await client.pause(SECOND_MS, pauseOptions(options));
  }
}

function readBody(answer: Answer): Read {
  const common = {
    url: answer.url,
    bytes: answer.bytes,
    receivedAt: answer.receivedAt,
    contextId: answer.contextId,
  };
  if (beginsAsArray(answer.bytes)) {
    // Something between us and the platform followed the redirect. What stood beside it, a cursor, is lost with it.
    const scan = readFileArray(answer, DOING);
    return { page: { ...common, path: 'file', count: scan.elements.length }, cursor: null };
  }
  const { scan, envelope } = readEnvelope(answer, DOING);
  return { page: { ...common, path: 'pull', count: scan.elements.length }, cursor: envelope.cursor || null };
}

async function readFile(client: GenesysClient, redirect: Answer, options: ReadResultsOptions): Promise<Read> {
  const large = readLargeResult(redirect, DOING);
  const doing = 'read the file of a large audit result';
  const scheme = new URL(large.downloadUrl).protocol;
  // A file travels no less protected than the API: plain http only behind a plain http gateway.
  if (scheme !== 'https:' && scheme !== new URL(client.apiUrl).protocol)
    throw badAnswer(redirect, DOING, `the address of the file is ${scheme}`);
  const signal = options.signal ? { signal: options.signal } : {};
  const answer = await client
    .download(large.downloadUrl, { doing, reads: 'bytes', ...signal })
    .catch((thrown: unknown) => {
      // Presigned addresses live for minutes. An expired one is refused; the results call makes a new one.
      if (
        thrown instanceof GenesysError &&
        (thrown.httpStatus === 403 || thrown.httpStatus === 404 || thrown.httpStatus === 400)
      )
        throw queryError(
          'cursor_expired',
          `the address of the file is no longer valid (status ${thrown.httpStatus})`,
          redirect.contextId,
        );
      throw thrown;
    });
  const scan = readFileArray(answer, doing);
  const { bytes, receivedAt } = answer;
  return {
    page: {
      path: 'file',
      url: withoutQuery(answer.url),
      bytes,
      receivedAt,
      contextId: redirect.contextId,
      count: scan.elements.length,
    },
    cursor: large.cursor,
  };
}

async function askPage(
  client: GenesysClient,
  queryId: string,
  cursor: string | null,
  options: ReadResultsOptions,
): Promise<Answer> {
  const allowRedirect = options.allowRedirect === true;
  const parameters = {
    pageSize: Math.min(options.pageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE),
    ...(options.expandUser === false ? {} : { expand: ['user'] }),
    ...(cursor === null ? {} : { cursor }),
    ...(allowRedirect ? { allowRedirect } : {}),
  };
  for (let tries = 1; ; tries++) {
    try {
      return await client.call({ ...pauseOptions(options), reads: 'bytes', keepRedirects: true }, (sdk) =>
        new platformClient.AuditApi(sdk).getAuditsQueryTransactionIdResults(queryId, parameters),
      );
    } catch (thrown) {
      if (!(thrown instanceof GenesysError) || !isLost(thrown)) throw thrown;
      if (cursor !== null || tries > NOT_YET)
        throw queryError(
          'cursor_expired',
          `the platform no longer knows the query or its cursor (${thrown.message})`,
          thrown.contextId,
        );
      await client.pause(SECOND_MS, pauseOptions(options));
    }
  }
}

function pauseOptions(options: ReadResultsOptions) {
  return { doing: DOING, ...(options.signal ? { signal: options.signal } : {}) };
}

/** The platform documents no error for an expired cursor; every refusal of this address is taken as one. */
function isLost(error: GenesysError): boolean {
  return error.code === 'not_found' || error.code === 'bad_request' || error.code === 'conflict';
}
