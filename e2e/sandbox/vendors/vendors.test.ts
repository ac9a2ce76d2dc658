import { execFileSync } from 'node:child_process';
import net from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, readReply } from '../client.test-kit.ts';
import { NO_FAULTS } from '../options.ts';
import { type RunningSandbox, startSandbox } from '../start.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ still: true });
});
afterEach(() => sandbox.faults(NO_FAULTS));
afterAll(() => sandbox.close());

function basic(user: string | undefined, secret: string | undefined): Record<string, string> {
  return {
    authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
    'content-type': 'application/json',
  };
}

async function jira(path: string, init: RequestInit = {}): Promise<Reply> {
  return readReply(
    await fetch(`${sandbox.env.JIRA_BASE_URL}${path}`, {
      ...init,
      headers: basic(sandbox.env.JIRA_EMAIL, sandbox.env.JIRA_API_TOKEN),
    }),
  );
}

async function serviceNow(path: string, init: RequestInit = {}): Promise<Reply> {
  return readReply(
    await fetch(`${sandbox.env.SERVICENOW_BASE_URL}${path}`, {
      ...init,
      headers: basic(sandbox.env.SERVICENOW_USER, sandbox.env.SERVICENOW_PASSWORD),
    }),
  );
}

describe('Jira', () => {
  it('tells when an issue was approved', async () => {
    const issue = await jira('/rest/api/3/issue/OPS-1?expand=changelog');
    expect(issue.text).toContain('"toString":"Approved"');
    expect((await jira('/rest/api/3/issue/NWC-99999')).status).toBe(404);
    expect((await jira('/rest/api/3/search?jql=project=NWC')).status).toBe(410);
  });

  it('searches with page tokens, ids only unless fields are asked for, and never unbounded', async () => {
    const keys = new Set<string>();
    let token: unknown = null;
    do {
      const page: Reply = await jira('/rest/api/3/search/jql', {
        method: 'POST',
        body: JSON.stringify({
          jql: 'project = NWC ORDER BY updated DESC',
          fields: ['status'],
          maxResults: 100,
          nextPageToken: token,
        }),
      });
      for (const issue of page.body.issues as { key: string }[]) keys.add(issue.key);
      token = page.body.nextPageToken;
    } while (token !== undefined);
    expect(keys.size).toBe(sandbox.truth.issues.filter((issue) => issue.key.startsWith('NWC-')).length);
    expect(
      Object.keys(
        ((await jira('/rest/api/3/search/jql?jql=key in (OPS-1)')).body.issues as object[])[0] ?? {},
      ),
    ).toEqual(['id']);
    expect((await jira('/rest/api/3/search/jql?jql=ORDER BY updated')).status).toBe(400);
    expect(((await jira('/rest/api/3/search/jql?jql=project = UTF')).body.issues as unknown[]).length).toBe(
      0,
    );
  });
});

describe('ServiceNow', () => {
  it('answers queries with totals, links and display values', async () => {
    const [first, second] = sandbox.truth.changeRequests;
    const found = await serviceNow(
      `/api/now/table/change_request?sysparm_query=numberIN${first?.number},${second?.number}&sysparm_display_value=all&sysparm_limit=1`,
    );
    expect(found.headers.get('X-Total-Count')).toBe('2');
    expect(found.headers.get('Link')).toContain('rel="next"');
    const row = (found.body.result as { number: { value: string } }[])[0];
    expect(row?.number.value).toBe(first?.number);
    const rejected = await serviceNow(
      '/api/now/table/change_request?sysparm_query=approval=rejected^ORstate=4&sysparm_fields=number',
    );
    expect((rejected.body.result as unknown[]).length).toBe(
      sandbox.truth.changeRequests.filter((change) => change.approval === 'rejected' || change.state === '4')
        .length,
    );
  });

  it('opens an incident that is found again by its correlation id', async () => {
    const opened = await serviceNow('/api/now/table/incident', {
      method: 'POST',
      body: JSON.stringify({ short_description: 'x', correlation_id: 'fnd_1' }),
    });
    expect(opened.status).toBe(201);
    const found = await serviceNow('/api/now/table/incident?sysparm_query=correlation_id=fnd_1');
    expect((found.body.result as unknown[]).length).toBe(1);
  });
});

describe('the repository', () => {
  it('holds the commits the truth names, merged by somebody else', () => {
    const log = execFileSync(
      'git',
      ['-C', sandbox.env.GIT_REPOSITORIES ?? '', 'log', '--format=%H %an', 'main'],
      { encoding: 'utf8' },
    );
    const commit = sandbox.truth.commits.find((entry) => entry.key === 'apply/3');
    expect(log).toContain(commit?.hash);
    const diff = execFileSync('git', ['-C', sandbox.env.GIT_REPOSITORIES ?? '', 'show', commit?.hash ?? ''], {
      encoding: 'utf8',
    });
    const named = [...diff.matchAll(/# id: ([0-9a-f-]{36})/g)].map((found) => found[1]);
    expect(new Set(named)).toEqual(new Set(commit?.touches));
  });
});

describe('personnel list and sinks', () => {
  it('serves the list as CSV and as JSON', async () => {
    const csv = await (await fetch(sandbox.env.HRIS_SOURCE ?? '')).text();
    expect(csv.split('\n')[0]).toBe(
      'employeeId,email,name,department,title,status,manager,authorizedDivision,authorizedRoles,terminatedAt',
    );
    expect(csv.trim().split('\n').length - 1).toBe(sandbox.truth.hris.employees);
  });

  it('keeps what arrives, and fails on request', async () => {
    const post = () =>
      fetch(sandbox.env.SLACK_WEBHOOK_URL ?? '', { method: 'POST', body: JSON.stringify({ text: 'hello' }) });
    expect(await (await post()).text()).toBe('ok');
    sandbox.faults({ slackStatus: 404 });
    expect((await post()).status).toBe(404);
    const splunk = await fetch(sandbox.env.SPLUNK_HEC_URL ?? '', {
      method: 'POST',
      headers: { authorization: `Splunk ${sandbox.env.SPLUNK_HEC_TOKEN}` },
      body: '{"event":{"a":"}"}}{"event":2}',
    });
    expect(await splunk.json()).toEqual({ text: 'Success', code: 0 });
    const listed = await readReply(await fetch(`${sandbox.url}/__sandbox/sinks`));
    expect((listed.body.requests as { sink: string }[]).map((entry) => entry.sink)).toEqual(
      expect.arrayContaining(['slack/compliance', 'splunk']),
    );
  });

  it('receives mail', async () => {
    const { port } = new URL(sandbox.smtpUrl);
    const lines = [
      'EHLO test',
      'MAIL FROM:<a@example.test>',
      'RCPT TO:<b@example.test>',
      'DATA',
      'Subject: Hello\r\n\r\nBody\r\n.',
      'QUIT',
    ];
    await new Promise<void>((resolve, reject) => {
      const socket = net.connect(Number(port), '127.0.0.1');
      socket.on('data', () => {
        const line = lines.shift();
        if (line !== undefined) socket.write(`${line}\r\n`);
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
    expect(sandbox.state.mails[0]?.subject).toBe('Hello');
  });

  it('refuses to set a fault nobody knows', async () => {
    const refused = await fetch(`${sandbox.url}/__sandbox/faults`, {
      method: 'PUT',
      body: JSON.stringify({ noSuchFault: 1 }),
    });
    expect(refused.status).toBe(400);
  });
});
