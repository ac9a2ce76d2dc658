import type { Answer, Exchange } from '../../http/exchange.ts';
import { isObject } from '../../http/exchange.ts';
import type { Sandbox } from '../../sandbox.ts';

/** Records of one download file. */
const FILE_RECORDS = 2_000;

/** 3xx with a JSON body and no bearer-protected content: the large-results trap of contract section 3.6. */
export function redirectAnswer(
  sandbox: Sandbox,
  parts: {
    queryId: string;
    pageSize: number;
    offset: number;
    total: number;
    cursorOf: (offset: number) => string;
  },
): Answer {
  const end = Math.min(parts.offset + FILE_RECORDS, parts.total);
  const downloadUrl = `${sandbox.url}/genesys/download/${parts.queryId}/${parts.offset}/${end}?signature=sandbox`;
  const cursor = end < parts.total ? { cursor: parts.cursorOf(end) } : {};
  const headers: Record<string, string> =
    sandbox.faults.redirectLarge === 'location' ? { Location: downloadUrl } : {};
  return {
    status: 302,
    body: { id: parts.queryId, pageSize: parts.pageSize, ...cursor, downloadUrl },
    headers,
  };
}

/** The file itself: a JSON array. A presigned address refuses a second kind of authentication. */
export function downloadAnswer(exchange: Exchange, texts: readonly string[]): Answer {
  if (exchange.query.get('signature') !== 'sandbox')
    return {
      status: 403,
      raw: '<Error><Code>AccessDenied</Code></Error>',
      headers: { 'content-type': 'application/xml' },
    };
  if (exchange.headers.authorization !== undefined)
    return {
      status: 400,
      raw: '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
      headers: { 'content-type': 'application/xml' },
    };
  return { status: 200, raw: `[${texts.join(',')}]`, headers: { 'content-type': 'application/json' } };
}

/** A REST record's text in the shape of files and of EventBridge: `eventTime`, `userId`, `clientId`, and fewer fields. */
export function asPushed(text: string): string {
  const record: unknown = JSON.parse(text);
  if (!isObject(record)) return text;
  const {
    eventDate,
    user,
    client,
    status,
    application,
    initiatingAction,
    transactionInitiator,
    entityChanges,
    ...rest
  } = record;
  void [status, application, initiatingAction, transactionInitiator, entityChanges];
  const person = isObject(user) ? user : {};
  const eventTime = typeof eventDate === 'string' ? eventDate.replace(/Z$/, '.000Z') : eventDate;
  return JSON.stringify({
    ...rest,
    ...(person.id === undefined ? {} : { userId: person.id }),
    username: { id: '' },
    clientId: client ?? { id: '' },
    eventTime,
  });
}
