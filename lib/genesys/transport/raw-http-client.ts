import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import platformClient from 'purecloud-platform-client-v2';
import { GenesysError } from '../model/errors';
import { answerError, networkError } from './answer-error';
import { type RawAnswer, type RequestContext, requestContext } from './request-context';

type SdkRequest = InstanceType<typeof platformClient.HttpRequestOptions>;

/** What the SDK hands on as `body`; `null` for an empty answer. */
type SdkResponse = {
  status: number;
  statusText: string;
  headers: Readonly<Record<string, string>>;
  data: unknown;
};

const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

/**
 * The HTTP client below the SDK. It keeps the bytes as received, because the SDK's own would decode them leniently and
 * resolve a cut-off JSON with a string, which reads as an empty page. It throws GenesysError for every answer that is not
 * a success, and never an error of axios, which carries the bearer token.
 */
export class RawHttpClient extends platformClient.DefaultHttpClient {
  constructor(timeoutMs: number) {
    super(timeoutMs);
    this._axiosInstance = axios.create({
      responseType: 'arraybuffer',
      transformResponse: [(bytes: unknown) => bytes],
      validateStatus: () => true,
      maxContentLength: MAX_ANSWER_BYTES,
    });
  }

  override async request(options: SdkRequest): Promise<SdkResponse> {
    const context = requestContext.getStore();
    if (!context)
      throw new GenesysError({
        code: 'bad_configuration',
        message: 'cannot call Genesys Cloud: the SDK was used past its client',
      });
    const answer = await send(
      this._axiosInstance.request.bind(this._axiosInstance),
      this.toAxiosConfig(options),
      context,
    );
    context.body = readBody(answer, context);
    return { status: answer.status, statusText: '', headers: answer.headers, data: context.body };
  }
}

/** Sends one request and keeps the bytes. Throws GenesysError for a broken connection and for every status but success (and kept redirects). */
export async function send(
  request: (config: AxiosRequestConfig) => Promise<AxiosResponse<unknown>>,
  config: AxiosRequestConfig,
  context: RequestContext,
): Promise<RawAnswer> {
  let response: AxiosResponse<unknown>;
  try {
    response = await request({
      ...config,
      ...(context.signal ? { signal: context.signal } : {}),
      ...(context.keepRedirects ? { maxRedirects: 0 } : {}),
    });
  } catch (thrown) {
    throw networkError(thrown, context);
  }
  const answer = toAnswer(response, config, context);
  context.answer = answer;
  const kept = context.keepRedirects && answer.status >= 300 && answer.status < 400;
  if (!kept && (answer.status < 200 || answer.status > 299)) throw answerError(answer, context);
  return answer;
}

/** The bytes as text; a byte-order mark is dropped. */
function decodeStrictly(answer: RawAnswer, context: RequestContext): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(answer.bytes);
  } catch {
    throw badAnswer(answer, context.doing, 'the answer is not UTF-8', context.keepsBytes);
  }
}

/** A `bad_answer` that keeps the bytes tried. */
export function badAnswer(answer: RawAnswer, doing: string, why: string, keepsBytes = true): GenesysError {
  return new GenesysError({
    code: 'bad_answer',
    message: `cannot ${doing}: ${why} (${answer.bytes.length} bytes with status ${answer.status})`,
    retryable: true,
    hint: 'The answer is kept. If it comes back the same, a proxy on the way may be cutting or changing it.',
    httpStatus: answer.status,
    contextId: answer.contextId,
    ...(keepsBytes ? { bytes: answer.bytes } : {}),
  });
}

function readBody(answer: RawAnswer, context: RequestContext): unknown {
  if (context.reads === 'bytes' || answer.bytes.length === 0) return null;
  const text = decodeStrictly(answer, context);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw badAnswer(answer, context.doing, 'the answer is not JSON, or it was cut off', context.keepsBytes);
  }
}

function toAnswer(
  response: AxiosResponse<unknown>,
  config: AxiosRequestConfig,
  context: RequestContext,
): RawAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  return {
    status: response.status,
    headers,
    bytes: toBuffer(response.data),
    url: addressOf(config),
    receivedAt: new Date(context.now()),
    contextId: headers['inin-correlation-id'] ?? null,
  };
}

function toBuffer(data: unknown): Buffer {
  if (Buffer.isBuffer(data)) return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (data instanceof Uint8Array) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.alloc(0);
}

function addressOf(config: AxiosRequestConfig): string {
  const url = new URL(config.url ?? 'http://unknown.invalid');
  url.username = '';
  url.password = '';
  const params: unknown = config.params;
  if (params && typeof params === 'object') {
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, String(value));
  }
  return url.toString();
}
