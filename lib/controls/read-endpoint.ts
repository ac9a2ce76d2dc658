import type { GenesysClient } from '@/lib/genesys/connect';
import { readPages } from '@/lib/genesys/directory/read-pages';
import { GenesysError } from '@/lib/genesys/model/errors';
import { redactSecrets } from '@/lib/genesys/model/redact-secrets';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { messageOf } from '@/lib/kernel/errors';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { askedAs, ENDPOINTS, type Endpoint, type EndpointName } from './model/endpoints';
import type { InputEvidence } from './model/run';

/** One input as a run reads it: what controls get, and what is kept of it. */
export type ReadInput = { readonly value: Evaluated<unknown>; readonly evidence: InputEvidence };

/** How a run asks the platform; tests hand in their own. */
export type EndpointReader = {
  /** The OAuth client whose answers these are; null where none can be reached. */
  readonly clientId: string | null;
  readonly read: (name: EndpointName, now: () => Date) => Promise<ReadInput>;
};

/** Asks the platform through its client. Only being stopped is thrown; a refusal or failure is an input that says so. */
export function genesysEndpoints(client: GenesysClient, signal?: AbortSignal): EndpointReader {
  return {
    clientId: client.clientId,
    read: (name, now) => readEndpoint(client, { name, now, ...(signal ? { signal } : {}) }),
  };
}

/** Where no connection leads to the organisation: everything that needs the platform is not evaluated, the rest is. */
export function noEndpoints(because: string): EndpointReader {
  return {
    clientId: null,
    read: (name, now) => {
      const base = evidenceOf(name, ENDPOINTS[name], now());
      return Promise.resolve(refused({ ...base, state: 'failed', because }));
    },
  };
}

async function readEndpoint(
  client: GenesysClient,
  asked: { readonly name: EndpointName; readonly now: () => Date; readonly signal?: AbortSignal },
): Promise<ReadInput> {
  const endpoint: Endpoint = ENDPOINTS[asked.name];
  const base = evidenceOf(asked.name, endpoint, asked.now());
  const options = { doing: `read ${endpoint.path}`, ...(asked.signal ? { signal: asked.signal } : {}) };
  try {
    if (endpoint.shape === 'list') {
      const read = await readPages(client, { path: endpoint.path, query: endpoint.query, ...options });
      const items = [...read.items.values()];
      const totals = { expectedTotal: read.totalBefore, readTotal: items.length, pages: read.pages };
      // An empty list that names no total may be anything; so may a list that does not agree with itself.
      const doubt =
        read.doubt ??
        (items.length === 0 && read.totalBefore === null
          ? 'the answer is empty and names no total, which proves nothing'
          : null);
      if (doubt !== null)
        return refused({ ...base, ...totals, state: 'failed', because: `${endpoint.path}: ${doubt}` });
      return answered({ ...base, ...totals, httpStatus: 200 }, items);
    }
    const answer = await client.get(endpoint.path, endpoint.query, options);
    const { body, status } = answer;
    if (body === null || typeof body !== 'object' || Array.isArray(body))
      return refused({
        ...base,
        httpStatus: status,
        state: 'failed',
        because: `${endpoint.path}: the answer is no setting`,
      });
    return answered({ ...base, httpStatus: status }, redactSecrets(body));
  } catch (thrown) {
    return refused({ ...base, ...whyNot(thrown, endpoint) });
  }
}

function evidenceOf(input: string, endpoint: Endpoint, fetchedAt: Date): Unanswered {
  return {
    input,
    source: 'platform',
    endpoint: askedAs(endpoint),
    permission: endpoint.permission,
    httpStatus: null,
    fetchedAt,
    expectedTotal: null,
    readTotal: null,
    pages: null,
  };
}

type Unanswered = Omit<InputEvidence, 'state' | 'because' | 'bytes'>;

function answered(evidence: Unanswered, value: unknown): ReadInput {
  return {
    value: known(value),
    evidence: { ...evidence, state: 'answered', because: null, bytes: canonicalJson(value) },
  };
}

function refused(
  evidence: Unanswered & { readonly state: InputEvidence['state']; readonly because: string },
): ReadInput {
  return { value: notEvaluated(evidence.because), evidence: { ...evidence, bytes: null } };
}

function whyNot(
  thrown: unknown,
  endpoint: Endpoint,
): { readonly state: InputEvidence['state']; readonly because: string; readonly httpStatus: number | null } {
  if (!(thrown instanceof GenesysError)) {
    // Not the platform's doing: an answer that JSON cannot hold, or a fault of ours. The other controls go on.
    return { state: 'failed', because: `${endpoint.path}: ${messageOf(thrown)}`, httpStatus: null };
  }
  if (thrown.code === 'aborted') throw thrown;
  const httpStatus = thrown.httpStatus ?? null;
  if (thrown.code === 'no_permission') {
    const names = thrown.permissions.length > 0 ? thrown.permissions.join(', ') : endpoint.permission;
    return {
      state: 'no_permission',
      because: names === null ? `no permission for ${endpoint.path}` : `no permission ${names}`,
      httpStatus,
    };
  }
  if (thrown.code === 'not_found')
    return {
      state: 'not_available',
      because: `the organisation does not offer ${endpoint.path}`,
      httpStatus,
    };
  return { state: 'failed', because: thrown.message, httpStatus };
}
