import { type Answer, type Exchange, objectBody, Refusal } from '../http/exchange.ts';
import { match, type Route, route } from '../http/routes.ts';
import { countRoute, type Door } from '../http/server.ts';
import { type Issue, JIRA_PROJECTS } from '../outside/jira-issues.ts';
import type { Sandbox } from '../sandbox.ts';
import { mailOf } from '../world/cast.ts';
import { isBasic } from './basic-auth.ts';
import { type Clause, parseJql } from './jql.ts';

export const JIRA_EMAIL = 'tallystick@northwind.example.test';
export const JIRA_TOKEN = 'sandbox-jira-token';

const API = '/rest/api/3';
const MAX_RESULTS = 100;

/** Jira Cloud: issues with change log, the jql search with page tokens, projects, myself. */
export function jiraDoor(sandbox: Sandbox): Door {
  const routes: Route[] = [
    route(`GET ${API}/myself`, () => ({ status: 200, body: person(sandbox, 'Tallystick Reader') })),
    route(`GET ${API}/serverInfo`, () => ({
      status: 200,
      body: {
        deploymentType: 'Cloud',
        version: '1001.0.0',
        serverTitle: 'Northwind',
        baseUrl: `${sandbox.url}/jira`,
      },
    })),
    route(`GET ${API}/issue/:key`, (exchange) => ({
      status: 200,
      body: issueBody(sandbox, find(sandbox, exchange), {
        fields: wanted(exchange.query.get('fields')),
        changelog: (exchange.query.get('expand') ?? '').includes('changelog'),
      }),
    })),
    route(`GET ${API}/issue/:key/changelog`, (exchange) =>
      changelogPage(sandbox, find(sandbox, exchange), exchange),
    ),
    route(`GET ${API}/search/jql`, (exchange) => search(sandbox, Object.fromEntries(exchange.query))),
    route(`POST ${API}/search/jql`, (exchange) => search(sandbox, objectBody(exchange))),
    route(`POST ${API}/search/approximate-count`, (exchange) => ({
      status: 200,
      body: { count: matching(sandbox, String(objectBody(exchange).jql ?? '')).length },
    })),
    route(`GET ${API}/search`, gone),
    route(`POST ${API}/search`, gone),
    route(`GET ${API}/project/search`, (exchange) => projects(exchange)),
    route(`GET ${API}/project/:key`, (exchange) => project(exchange)),
  ];
  async function answer(exchange: Exchange): Promise<Answer> {
    try {
      if (sandbox.faults.jiraStatus > 0)
        throw new Refusal(
          sandbox.faults.jiraStatus,
          'fault',
          'Jira is not available.',
          sandbox.faults.jiraStatus === 429 ? { headers: { 'Retry-After': '1' } } : {},
        );
      if (!isBasic(exchange, JIRA_EMAIL, JIRA_TOKEN))
        throw new Refusal(401, 'unauthorized', 'Client must be authenticated to access this resource.');
      const found = match(routes, exchange.method, exchange.path);
      if (found === null) throw new Refusal(404, 'not.found', 'Not found.');
      countRoute(sandbox, `jira ${found.route.method} ${found.route.pattern}`);
      return await found.route.handler({ ...exchange, params: found.params });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: { errorMessages: [error.message], errors: {} },
        headers: error.headers,
      };
    }
  }
  return { prefix: '/jira', answer };
}

function gone(): Answer {
  throw new Refusal(
    410,
    'gone',
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.',
  );
}

function find(sandbox: Sandbox, exchange: Exchange): Issue {
  const key = exchange.params.key ?? '';
  const { issues } = sandbox.history.desk.jira;
  const issue =
    issues.get(key.toUpperCase()) ?? [...issues.values()].find((candidate) => candidate.id === key);
  if (issue === undefined)
    throw new Refusal(404, 'not.found', 'Issue does not exist or you do not have permission to see it.');
  return issue;
}

function matching(sandbox: Sandbox, jql: string): Issue[] {
  const clauses = parseJql(jql);
  return [...sandbox.history.desk.jira.issues.values()].filter((issue) =>
    clauses.every((clause) => fits(issue, clause)),
  );
}

function fits(issue: Issue, clause: Clause): boolean {
  if (clause.kind === 'list')
    return clause.values.includes(clause.field === 'project' ? issue.project : issue.key);
  const at = clause.field === 'updated' ? updatedAt(issue) : issue.createdAt;
  return clause.after ? at >= clause.instant : at <= clause.instant;
}

/** Without `fields` only ids come back; there is no total; the page token is opaque. */
function search(sandbox: Sandbox, asked: Record<string, unknown>): Answer {
  const found = matching(sandbox, String(asked.jql ?? '')).sort(
    (left, right) => updatedAt(right) - updatedAt(left),
  );
  const size = Math.min(Number(asked.maxResults ?? 50), MAX_RESULTS);
  const begin =
    typeof asked.nextPageToken === 'string' && asked.nextPageToken !== ''
      ? Number(Buffer.from(asked.nextPageToken, 'base64url').toString('utf8').slice(1))
      : 0;
  const names = Array.isArray(asked.fields)
    ? asked.fields.map(String)
    : wanted(typeof asked.fields === 'string' ? asked.fields : null);
  const changelog = String(asked.expand ?? '').includes('changelog');
  const onlyIds = asked.fields === undefined || asked.fields === null;
  const issues = found
    .slice(begin, begin + size)
    .map((issue) => (onlyIds ? { id: issue.id } : issueBody(sandbox, issue, { fields: names, changelog })));
  const isLast = begin + size >= found.length;
  return {
    status: 200,
    body: {
      issues,
      isLast,
      ...(isLast ? {} : { nextPageToken: Buffer.from(`o${begin + size}`).toString('base64url') }),
    },
  };
}

function issueBody(
  sandbox: Sandbox,
  issue: Issue,
  parts: { fields: readonly string[] | null; changelog: boolean },
): Record<string, unknown> {
  const status = sandbox.history.desk.jira.statusAt(issue, Number.POSITIVE_INFINITY);
  const category = status === 'Done' ? 'done' : status === 'To Do' ? 'new' : 'indeterminate';
  const all: Record<string, unknown> = {
    summary: issue.summary,
    status: { name: status, id: String(status.length), statusCategory: { key: category, name: category } },
    issuetype: { id: '10010', name: 'Change' },
    project: { key: issue.project, name: projectName(issue.project) },
    created: jiraTime(issue.createdAt),
    updated: jiraTime(updatedAt(issue)),
    resolutiondate: status === 'Done' ? jiraTime(updatedAt(issue)) : null,
    assignee: person(sandbox, issue.assignee),
    reporter: person(sandbox, issue.reporter),
    description:
      issue.description === ''
        ? null
        : {
            type: 'doc',
            version: 1,
            content: [{ type: 'paragraph', content: [{ type: 'text', text: issue.description }] }],
          },
    customfield_10050: issue.objectId,
  };
  const isAll = parts.fields === null || parts.fields.includes('*all') || parts.fields.includes('*navigable');
  const fields = isAll
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => parts.fields?.includes(name)));
  const histories = historiesOf(sandbox, issue);
  const changelog = parts.changelog
    ? {
        changelog: {
          startAt: 0,
          maxResults: histories.length,
          total: histories.length,
          histories: [...histories].reverse(),
        },
      }
    : {};
  return {
    id: issue.id,
    key: issue.key,
    self: `${sandbox.url}/jira${API}/issue/${issue.id}`,
    fields,
    ...changelog,
  };
}

function historiesOf(sandbox: Sandbox, issue: Issue): Record<string, unknown>[] {
  return issue.transitions.map((step, index) => ({
    id: String(Number(issue.id) * 10 + index),
    author: person(sandbox, step.author),
    created: jiraTime(step.at),
    items: [
      {
        field: 'status',
        fieldtype: 'jira',
        fieldId: 'status',
        from: String(step.from.length),
        fromString: step.from,
        to: String(step.to.length),
        toString: step.to,
      },
    ],
  }));
}

function changelogPage(sandbox: Sandbox, issue: Issue, exchange: Exchange): Answer {
  const histories = historiesOf(sandbox, issue);
  const startAt = Number(exchange.query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(exchange.query.get('maxResults') ?? 100), MAX_RESULTS);
  const values = histories.slice(startAt, startAt + maxResults);
  return {
    status: 200,
    body: {
      startAt,
      maxResults,
      total: histories.length,
      isLast: startAt + maxResults >= histories.length,
      values,
    },
  };
}

function projects(exchange: Exchange): Answer {
  const keys = exchange.query.getAll('keys');
  const values = Object.entries(JIRA_PROJECTS)
    .filter(([key]) => keys.length === 0 || keys.includes(key))
    .map(([key, name], index) => ({ id: String(10_000 + index), key, name, projectTypeKey: 'business' }));
  return { status: 200, body: { startAt: 0, maxResults: 50, total: values.length, isLast: true, values } };
}

function project(exchange: Exchange): Answer {
  const key = exchange.params.key ?? '';
  if (!(key in JIRA_PROJECTS))
    throw new Refusal(404, 'not.found', `No project could be found with key '${key}'.`);
  return { status: 200, body: { id: '10000', key, name: projectName(key) } };
}

function projectName(key: string): string {
  return Object.entries(JIRA_PROJECTS).find(([candidate]) => candidate === key)?.[1] ?? key;
}

function person(sandbox: Sandbox, name: string): Record<string, unknown> {
  return {
    accountId: sandbox.history.desk.jira.accountId(name),
    displayName: name,
    emailAddress: mailOf(name),
    active: true,
  };
}

function updatedAt(issue: Issue): number {
  return issue.transitions.at(-1)?.at ?? issue.createdAt;
}

function jiraTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

function wanted(fields: string | null): string[] | null {
  return fields === null ? null : fields.split(',').map((name) => name.trim());
}
