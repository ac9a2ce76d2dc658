import { z } from 'zod';
import { sha256 } from '@/lib/kernel/hash';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { connectorError, isConnectorError } from '../../errors';
import { findEach } from '../../find-each';
import { readJson } from '../../http/read-json';
import { type Fetching, type HttpAnswer, type HttpRequest, retryingFetch } from '../../http/retrying-fetch';
import { basicAuthorization, siteUrl } from '../../http/site';
import type { MovedTicket } from '../../model/moved-ticket';
import type { ReadTicket, TicketSource } from '../../ticket-source';
import { changelogPageSchema, errorSchema, type History, issueSchema, searchPageSchema } from './answers';
import { JIRA_WORDS, type JiraWords, ticketOf } from './read-ticket';

const LANES = 4;
/** Everything but what grows without end. */
const FIELDS = '*all,-comment,-worklog,-attachment';
const CHANGELOG_PAGE = 100;
const SEARCH_PAGE = 100;
/** A project that is not there may be made later; one that is there stays. */
const ABSENT_PROJECT_MS = 60 * 60_000;
/** A page more than any issue's history has: an endless list is a broken answer. */
const MAX_PAGES = 200;

export type JiraOptions = {
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  readonly words?: Partial<JiraWords>;
  readonly fetch?: Fetching;
};

/** A Jira Cloud site. Throws `bad_settings` when its address is none. */
export function jiraCloud(options: JiraOptions): TicketSource {
  const site = siteUrl(options.baseUrl, 'Jira');
  const words = { ...JIRA_WORDS, ...options.words };
  const send = options.fetch ?? retryingFetch();
  const headers = {
    authorization: basicAuthorization(options.email, options.apiToken),
    accept: 'application/json',
  };
  const projects = new Map<string, { readonly at: number; readonly asked: Promise<boolean> }>();

  function get(path: string, what: string): HttpRequest {
    return { url: new URL(path, site), headers, what };
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await send(request);
    // A wrong token may be taken for no token at all, and then every issue is "not found".
    if (/AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(answer.headers.get('x-seraph-loginreason') ?? '')) {
      throw connectorError(
        'auth_failed',
        `cannot read ${request.what}: ${site.host} refuses our credentials`,
        { hint: 'Check the e-mail address and the API token.' },
      );
    }
    return answer;
  }

  async function readIssue(key: string): Promise<ReadTicket | null> {
    const path = `rest/api/3/issue/${encodeURIComponent(key)}`;
    const request = get(`${path}?fields=${encodeURIComponent(FIELDS)}&expand=changelog`, `Jira issue ${key}`);
    const answer = await ask(request);
    if (answer.status === 404) return null;
    const issue = readJson(answer, request, issueSchema);
    const bytes = [answer.bytes];
    const expected = issue.changelog.total ?? issue.changelog.histories.length;
    const histories =
      issue.changelog.histories.length >= expected
        ? issue.changelog.histories
        : await readChangelog(path, key, bytes);
    return {
      ticket: ticketOf({ key, site, words }, issue, histories),
      rawSha256: sha256(Buffer.concat(bytes)),
    };
  }

  /** The issue itself shows the newest entries only; the rest comes by pages. */
  async function readChangelog(path: string, key: string, bytes: Buffer[]): Promise<History[]> {
    const histories: History[] = [];
    for (let page = 0; page < MAX_PAGES; page++) {
      const request = get(
        `${path}/changelog?startAt=${histories.length}&maxResults=${CHANGELOG_PAGE}`,
        `history of Jira issue ${key}`,
      );
      const answer = await ask(request);
      const read = readJson(answer, request, changelogPageSchema);
      bytes.push(answer.bytes);
      histories.push(...read.values);
      if (histories.length >= read.total) return histories;
      if (read.values.length === 0) break;
    }
    throw connectorError(
      'bad_answer',
      `cannot read history of Jira issue ${key}: ${site.host} gave fewer entries than it announced`,
    );
  }

  /** The issues a search finds, page by page; null where the search names a value that the site does not have. */
  async function* searchPages(
    jql: string,
    asked: { readonly what: string; readonly pageSize: number },
  ): AsyncGenerator<string[] | null> {
    let token: string | null = null;
    for (;;) {
      const body = JSON.stringify({
        jql,
        fields: ['updated'],
        maxResults: asked.pageSize,
        ...(token === null ? {} : { nextPageToken: token }),
      });
      const request: HttpRequest = {
        url: new URL('rest/api/3/search/jql', site),
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        what: asked.what,
      };
      const answer = await ask(request);
      if (answer.status === 400 && namesUnknownValue(answer)) {
        yield null;
        return;
      }
      const read = readJson(answer, request, searchPageSchema);
      yield read.issues.map((issue) => issue.key ?? '');
      const next = read.nextPageToken ?? null;
      if (read.isLast === true || next === null) return;
      if (next === token)
        throw connectorError(
          'bad_answer',
          `cannot read ${asked.what}: ${site.host} gives the same page again and again`,
        );
      token = next;
    }
  }

  async function hasIssues(prefix: string): Promise<boolean> {
    for await (const page of searchPages(`project = "${prefix}"`, {
      what: `Jira project ${prefix}`,
      pageSize: 1,
    }))
      return page !== null && page.length > 0;
    return false;
  }

  return {
    system: 'jira',
    findTickets: (keys) => findEach([...new Set(keys)], LANES, readIssue),
    async knowsProject(prefix): Promise<Evaluated<boolean>> {
      if (!/^[A-Z][A-Z0-9_]*$/.test(prefix)) return known(false);
      const kept = projects.get(prefix) ?? { at: Date.now(), asked: hasIssues(prefix) };
      projects.set(prefix, kept);
      try {
        const there = await kept.asked;
        if (!there && Date.now() - kept.at > ABSENT_PROJECT_MS) projects.delete(prefix);
        return known(there);
      } catch (thrown) {
        projects.delete(prefix);
        if (isConnectorError(thrown)) return notEvaluated(thrown.message);
        throw thrown;
      }
    },
    async check() {
      const request = get('rest/api/3/myself', 'Jira account');
      readJson(await ask(request), request, z.looseObject({}));
    },
    async *updatedSince(since, now) {
      // Minutes before the site's own now: an instant in a search would be read in the time zone of our account.
      const minutes = Math.max(1, Math.ceil((now.getTime() - since.getTime()) / MINUTE_MS) + 1);
      // Oldest first: what moves while we read moves behind what is still to come.
      const jql = `updated >= -${minutes}m ORDER BY updated ASC`;
      for await (const page of searchPages(jql, { what: 'updated Jira issues', pageSize: SEARCH_PAGE }))
        yield (page ?? []).flatMap((key): MovedTicket[] => {
          if (key === '') return [];
          // A key that moves belongs to a project of the site, also to one made within the hour.
          projects.delete(key.replace(/-\d+$/, ''));
          return [{ key, itemIds: [], itemName: null }];
        });
    },
    async findByItem(objects) {
      return new Map(objects.map(({ id }) => [id, known([])]));
    },
  };
}

/** Jira answers 400 to a project it does not have: "The value 'UTF' does not exist for the field 'project'." */
function namesUnknownValue(answer: HttpAnswer): boolean {
  try {
    const read = errorSchema.safeParse(JSON.parse(answer.bytes.toString('utf8')));
    return (
      read.success &&
      (read.data.errorMessages ?? []).some((message) =>
        /does not exist|not found|no longer exist/i.test(message),
      )
    );
  } catch {
    return false;
  }
}
