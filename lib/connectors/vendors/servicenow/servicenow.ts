import { z } from 'zod';
import { sha256 } from '@/lib/kernel/hash';
import { type Evaluated, known } from '@/lib/kernel/outcome';
import { isConnectorError } from '../../errors';
import { findEach } from '../../find-each';
import { readJson } from '../../http/read-json';
import { type Fetching, retryingFetch } from '../../http/retrying-fetch';
import { basicAuthorization, siteUrl } from '../../http/site';
import type { ReadTicket, TicketSource } from '../../ticket-source';
import { approverRowSchema, auditRowSchema, type ChangeRequest, changeRequestSchema } from './answers';
import { batchesOf } from './batches';
import { movedRequests } from './moved-requests';
import { tableReader } from './read-table';
import { type Trail, ticketOf } from './read-ticket';

/** Keys of one query: the query travels in the address, which must stay short. */
const KEYS_PER_QUERY = 40;
const LANES = 2;
const CHANGE_FIELDS = Object.keys(changeRequestSchema.shape).join(',');
const AUDIT_FIELDS = Object.keys(auditRowSchema.shape).join(',');
const APPROVER_FIELDS = Object.keys(approverRowSchema.shape).join(',');

export type ServiceNowOptions = {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly fetch?: Fetching;
};

/** A ServiceNow instance with its change requests. Throws `bad_settings` when its address is none. */
export function serviceNow(options: ServiceNowOptions): TicketSource {
  const site = siteUrl(options.baseUrl, 'ServiceNow');
  const send = options.fetch ?? retryingFetch();
  const headers = {
    authorization: basicAuthorization(options.user, options.password),
    accept: 'application/json',
  };

  const table = tableReader({ site, send, headers });

  /** Rows that only some accounts may read: refused is the same as none, and the next basis is used. */
  async function tableIfAllowed<Schema extends z.ZodType>(
    query: Parameters<typeof table>[0],
    row: Schema,
    bytes: Buffer[],
  ): Promise<z.infer<Schema>[]> {
    try {
      return await table(query, row, bytes);
    } catch (thrown) {
      if (isConnectorError(thrown) && (thrown.details?.status === 403 || thrown.details?.status === 404))
        return [];
      throw thrown;
    }
  }

  async function readBatch(keys: readonly string[]): Promise<Map<string, ReadTicket>> {
    const bytes: Buffer[] = [];
    const what = 'ServiceNow change requests';
    const requests = await table(
      {
        name: 'change_request',
        encoded: `numberIN${keys.join(',')}^ORDERBYnumber`,
        fields: CHANGE_FIELDS,
        what,
      },
      changeRequestSchema,
      bytes,
    );
    const ids = requests.map((request) => request.sys_id.value).filter((id) => id !== '');
    const trail = ids.length === 0 ? { audit: [], approvers: [] } : await readTrail(ids, bytes);
    const rawSha256 = sha256(Buffer.concat(bytes));
    const byNumber = new Map<string, ChangeRequest>();
    for (const request of requests) byNumber.set(request.number.value.toUpperCase(), request);
    const found = new Map<string, ReadTicket>();
    for (const key of keys) {
      const request = byNumber.get(key);
      if (request !== undefined)
        found.set(key, { ticket: ticketOf({ key, site }, request, trailOf(request, trail)), rawSha256 });
    }
    return found;
  }

  async function readTrail(ids: readonly string[], bytes: Buffer[]): Promise<Trail> {
    const list = ids.join(',');
    const audit = await tableIfAllowed(
      {
        name: 'sys_audit',
        encoded: `tablename=change_request^documentkeyIN${list}^fieldnameINapproval,state^ORDERBYsys_created_on`,
        fields: AUDIT_FIELDS,
        what: 'history of ServiceNow change requests',
      },
      auditRowSchema,
      bytes,
    );
    const approvers = await tableIfAllowed(
      {
        name: 'sysapproval_approver',
        encoded: `sysapprovalIN${list}^ORDERBYsys_updated_on`,
        fields: APPROVER_FIELDS,
        what: 'approvers of ServiceNow change requests',
      },
      approverRowSchema,
      bytes,
    );
    return { audit, approvers };
  }

  return {
    system: 'servicenow',
    async findTickets(keys) {
      const wanted = [...new Set(keys)];
      const batches = batchesOf(wanted, KEYS_PER_QUERY);
      const read = await findEach(batches, LANES, readBatch);
      const answers = new Map<string, Evaluated<ReadTicket | null>>();
      for (const [batch, answer] of read) {
        for (const key of batch)
          answers.set(key, answer.kind === 'known' ? known(answer.value.get(key) ?? null) : answer);
      }
      return answers;
    },
    async knowsProject() {
      return known(false);
    },
    ...movedRequests({ site, send, headers }),
    async check() {
      const what = 'ServiceNow change requests';
      const url = new URL('api/now/table/change_request?sysparm_limit=1&sysparm_fields=number', site);
      readJson(
        await send({ url, headers, what }),
        { url, headers, what },
        z.object({ result: z.array(z.looseObject({})) }),
      );
    },
  };
}

function trailOf(request: ChangeRequest, trail: Trail): Trail {
  const id = request.sys_id.value;
  return {
    audit: trail.audit.filter((row) => row.documentkey.value === id),
    approvers: trail.approvers.filter((row) => row.sysapproval.value === id),
  };
}
