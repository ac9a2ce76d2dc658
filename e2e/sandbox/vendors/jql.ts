import { Refusal } from '../http/exchange.ts';
import { DAY, HOUR, MINUTE } from '../world/clock.ts';

type ListClause = {
  readonly kind: 'list';
  readonly field: 'project' | 'key';
  readonly values: readonly string[];
};
type TimeClause = {
  readonly kind: 'time';
  readonly field: 'updated' | 'created';
  readonly after: boolean;
  readonly instant: number;
};

export type Clause = ListClause | TimeClause;

/**
 * Reads the few forms of JQL a collector needs: `project = X`, `project in (...)`, `key = X`, `key in (...)`,
 * `updated >= -7d`, `updated >= "2026-03-01 10:00"`, joined by AND. Throws 400 for anything else and for an unbounded query.
 */
export function parseJql(jql: string): Clause[] {
  const [conditions = ''] = jql.split(/\border\s+by\b/i);
  const parts = conditions
    .split(/\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0)
    throw new Refusal(
      400,
      'bad.request',
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  return parts.map(parseClause);
}

function parseClause(part: string): Clause {
  const list = /^(project|key|issuekey|issue)\s+in\s*\(([^)]*)\)$/i.exec(part);
  if (list !== null)
    return { kind: 'list', field: nameOf(list[1]), values: (list[2] ?? '').split(',').map(unquote) };
  const single = /^(project|key|issuekey|issue)\s*=\s*(.+)$/i.exec(part);
  if (single !== null) return { kind: 'list', field: nameOf(single[1]), values: [unquote(single[2] ?? '')] };
  const time = /^(updated|created)\s*(>=|>|<=|<)\s*(.+)$/i.exec(part);
  if (time !== null)
    return {
      kind: 'time',
      field: time[1]?.toLowerCase() === 'created' ? 'created' : 'updated',
      after: (time[2] ?? '').startsWith('>'),
      instant: instantOf(unquote(time[3] ?? '')),
    };
  throw new Refusal(400, 'bad.request', `Error in the JQL Query: '${part}' is not understood.`);
}

function nameOf(field: string | undefined): 'project' | 'key' {
  return field?.toLowerCase() === 'project' ? 'project' : 'key';
}

function unquote(text: string): string {
  return text.trim().replace(/^["']|["']$/g, '');
}

function instantOf(text: string): number {
  const relative = /^-(\d+)([wdhm])$/.exec(text);
  if (relative !== null) {
    const unit = { w: 7 * DAY, d: DAY, h: HOUR, m: MINUTE }[relative[2] ?? 'd'] ?? DAY;
    return Date.now() - Number(relative[1]) * unit;
  }
  if (/^\d{10,13}$/.test(text)) return Number(text);
  const at = Date.parse(
    /\d{4}[-/]\d{2}[-/]\d{2}( \d{2}:\d{2})?$/.test(text)
      ? `${text.replaceAll('/', '-').replace(' ', 'T')}${text.includes(':') ? ':00Z' : 'T00:00:00Z'}`
      : text,
  );
  if (Number.isNaN(at)) throw new Refusal(400, 'bad.request', `Date value '${text}' is invalid.`);
  return at;
}
