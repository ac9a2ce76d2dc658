import { afterEach, describe, expect, test } from 'vitest';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { retryingFetch } from '../../http/retrying-fetch';
import { decisionAt, statusAt } from '../../model/ticket';
import { jiraCloud } from './jira';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function site(answer: (request: ScriptedRequest, index: number) => Scripted) {
  const server = await startScriptedServer(answer);
  servers.push(server);
  const fetch = retryingFetch({ wait: async () => {}, maxAttempts: 2 });
  return {
    server,
    jira: jiraCloud({
      baseUrl: `${server.url}/site`,
      email: 'reader@example.com',
      apiToken: 'token',
      words: { approvedStatuses: ['approved', 'CAB OK'] },
      fetch,
    }),
  };
}

function step(minute: number, from: string, to: string, author = 'Priya Nair') {
  return {
    id: String(minute),
    created: `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000+0000`,
    author: { displayName: author },
    items: [{ field: 'assignee' }, { field: 'status', fromString: from, toString: to }],
  };
}

function issue(histories: unknown[], fields: Record<string, unknown> = {}, total = histories.length) {
  return {
    key: 'NWC-1',
    fields: {
      summary: 'Longer queue',
      created: '2026-11-20T09:00:00.000+0100',
      status: { name: 'Done' },
      issuetype: { name: 'Change' },
      description: null,
      ...fields,
    },
    changelog: { total, histories },
  };
}

async function findOne(answer: (request: ScriptedRequest, index: number) => Scripted) {
  const { jira, server } = await site(answer);
  return { found: (await jira.findTickets(['NWC-1'])).get('NWC-1'), server };
}

describe('Jira Cloud', () => {
  test('R5: the changelog entry that moved the issue into an approved status is its approval, by its author', async () => {
    const { found } = await findOne(() => ({
      body: issue([step(30, 'CAB ok', 'Done', 'Jonas Becker'), step(20, 'Review', 'CAB ok')]),
    }));
    const ticket = found?.kind === 'known' ? found.value?.ticket : undefined;
    expect(ticket?.decisions).toEqual([
      { at: new Date('2026-11-20T10:20:00Z'), verdict: 'approved', by: 'Priya Nair', basis: 'changelog' },
    ]);
    expect(ticket?.firstStatus).toBe('Review');
    expect(ticket && statusAt(ticket, new Date('2026-11-20T10:25:00Z'))).toBe('CAB ok');
    expect(ticket && decisionAt(ticket, new Date('2026-11-20T10:19:59Z'))).toBeNull();
    expect(ticket?.createdAt).toEqual(new Date('2026-11-20T08:00:00Z'));
  });

  test('a long history is read page by page, and fewer entries than announced are no history', async () => {
    const all = Array.from({ length: 130 }, (_, n) => step(n % 60, 'a', n === 3 ? 'Approved' : 'b'));
    const { found, server } = await findOne((request) => {
      if (!request.path.endsWith('/changelog')) return { body: issue(all.slice(-100), {}, 130) };
      const start = Number(request.query.get('startAt'));
      return {
        body: {
          startAt: start,
          maxResults: 100,
          total: 130,
          isLast: start >= 100,
          values: all.slice(start, start + 100),
        },
      };
    });
    expect(found?.kind === 'known' && found.value?.ticket.decisions).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
    const short = await findOne((request) =>
      request.path.endsWith('/changelog')
        ? { body: { total: 130, values: [] } }
        : { body: issue([], {}, 130) },
    );
    expect(short.found).toMatchObject({ kind: 'not_evaluated' });
  });

  test('an issue created in an approved status was approved by nobody', async () => {
    const { found } = await findOne(() => ({ body: issue([], { status: { name: 'Approved' } }) }));
    expect(found?.kind === 'known' && found.value?.ticket).toMatchObject({
      decisions: [],
      firstStatus: 'Approved',
    });
  });

  test('objects come from its text; an id alone in an unknown field only may name one', async () => {
    const id = 'c0000000-0000-4000-8000-000000000003';
    const other = 'c0000000-0000-4000-8000-000000000004';
    const description = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: `object ${id.toUpperCase()}` }] }],
    };
    const { found } = await findOne(() => ({
      body: issue([], { description, customfield_10050: other, customfield_10051: { workspaceId: other } }),
    }));
    expect(found?.kind === 'known' && found.value?.ticket).toMatchObject({
      objects: [id],
      otherIds: [other],
    });
  });

  test('404 is no ticket; refused credentials, also hidden behind a 404, are not evaluated', async () => {
    expect((await findOne(() => ({ status: 404, body: {} }))).found).toEqual({ kind: 'known', value: null });
    expect((await findOne(() => ({ status: 401, body: {} }))).found).toMatchObject({ kind: 'not_evaluated' });
    expect(
      (await findOne(() => ({ status: 404, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' } })))
        .found,
    ).toMatchObject({ kind: 'not_evaluated' });
    expect((await findOne(() => ({ body: '{"key":' }))).found).toMatchObject({ kind: 'not_evaluated' });
    expect((await findOne(() => ({ body: { unexpected: true } }))).found).toMatchObject({
      kind: 'not_evaluated',
    });
  });

  test('once the site refuses our credentials the other keys are not asked', async () => {
    const { jira, server } = await site(() => ({ status: 403 }));
    const found = await jira.findTickets(Array.from({ length: 50 }, (_, n) => `NWC-${n + 1}`));
    expect([...found.values()].every((one) => one.kind === 'not_evaluated')).toBe(true);
    expect(found.size).toBe(50);
    expect(server.requests.length).toBeLessThanOrEqual(4);
  });

  test('R14: UTF-8 is no ticket: a project is asked for once, by search', async () => {
    const { jira, server } = await site((request) => {
      const { jql } = JSON.parse(request.body) as { jql: string };
      if (jql.includes('UTF'))
        return {
          status: 400,
          body: { errorMessages: [`The value 'UTF' does not exist for the field 'project'.`] },
        };
      return { body: { issues: jql.includes('NWC') ? [{ id: '1', key: 'NWC-9' }] : [], isLast: true } };
    });
    expect(await jira.knowsProject('UTF')).toEqual({ kind: 'known', value: false });
    expect(await jira.knowsProject('ISO')).toEqual({ kind: 'known', value: false });
    expect(await jira.knowsProject('NWC')).toEqual({ kind: 'known', value: true });
    await Promise.all([jira.knowsProject('UTF'), jira.knowsProject('NWC')]);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]?.path).toBe('/site/rest/api/3/search/jql');
  });

  test('a project that could not be asked for is not evaluated, and asked again', async () => {
    const { jira } = await site((_, index) =>
      index < 2 ? { status: 503 } : { body: { issues: [{ id: '1' }], isLast: true } },
    );
    expect(await jira.knowsProject('NWC')).toMatchObject({ kind: 'not_evaluated' });
    expect(await jira.knowsProject('NWC')).toEqual({ kind: 'known', value: true });
  });

  test('X4: what moved is asked for in minutes before now, oldest first, page by page until the last', async () => {
    const { jira, server } = await site((request) => {
      const { nextPageToken } = JSON.parse(request.body) as { nextPageToken?: string };
      return nextPageToken === undefined
        ? { body: { issues: [{ key: 'NWC-1' }], nextPageToken: 'two' } }
        : { body: { issues: [{ key: 'NWC-2' }], isLast: true } };
    });
    const now = new Date('2026-11-30T12:00:00Z');
    const keys = [];
    for await (const page of jira.updatedSince(new Date('2026-11-30T11:50:00Z'), now))
      keys.push(...page.map((one) => one.key));
    expect(keys).toEqual(['NWC-1', 'NWC-2']);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]?.path).toBe('/site/rest/api/3/search/jql');
    const { jql } = JSON.parse(server.requests[0]?.body ?? '') as { jql: string };
    expect(jql).toBe('updated >= -11m ORDER BY updated ASC');
  });

  test('a search that gives the same page again and again is a broken answer, and a refused one throws', async () => {
    const { jira } = await site(() => ({ body: { issues: [{ key: 'NWC-1' }], nextPageToken: 'same' } }));
    const now = new Date('2026-11-30T12:00:00Z');
    const all = async (source: typeof jira) => {
      for await (const _ of source.updatedSince(now, now));
    };
    await expect(all(jira)).rejects.toMatchObject({ code: 'bad_answer' });
    const { jira: refused } = await site(() => ({ status: 401 }));
    await expect(all(refused)).rejects.toMatchObject({ code: 'auth_failed' });
  });

  test('an address with a password in it is refused before it is used', () => {
    expect(() => jiraCloud({ baseUrl: 'https://me:secret@example.com', email: '', apiToken: '' })).toThrow(
      /holds a user or password/,
    );
    expect(() => jiraCloud({ baseUrl: 'ftp://example.com', email: '', apiToken: '' })).toThrow(/no http/);
  });
});
