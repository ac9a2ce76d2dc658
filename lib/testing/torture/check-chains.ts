import { z } from 'zod';
import { sha256Hex } from '@/lib/kernel/hash';
import { type Evidence, type Figure, mustBeZero } from './check-result';
import { groupedBy } from './grouped-by';

type Link = {
  readonly chain: string;
  readonly id: string;
  readonly body: string;
  readonly previous: string | null;
  readonly digest: string;
};

const chained = z.looseObject({ id: z.string(), previousDigest: z.string().nullable() });

/** The coverage readings: every digest recomputed, every chain walked from its first reading to its head, and no hour left open. */
export async function checkChains({ sql, truth }: Evidence): Promise<Figure[]> {
  const links = await sql.query<Link>(
    `select source || ' ' || service as chain, id, body, encode(previous_digest, 'hex') as previous, encode(digest, 'hex') as digest
     from reading where org_id = $1`,
    [truth.orgId],
  );
  const heads = await sql.query<{ chain: string; digest: string }>(
    `select source || ' ' || service as chain, encode(digest, 'hex') as digest from reading_head where org_id = $1`,
    [truth.orgId],
  );
  const altered = links.filter((link) => !isWhole(link)).length;
  const chains = groupedBy(links, (link) => link.chain);
  const broken = heads.filter(({ chain, digest }) => walk(chains.get(chain) ?? []) !== digest).length;
  const [left] = await sql.query<{ gaps: number; runs: number }>(
    `select (select count(*) from coverage_hour where org_id = $1 and state in ('gap', 'not_evaluated')) as gaps,
       (select count(*) from collection_run where org_id = $1 and state <> 'done') as runs`,
    [truth.orgId],
  );
  return [
    { name: 'coverage readings', value: links.length, breach: links.length === 0 },
    {
      name: 'chains of readings',
      value: chains.size,
      breach: chains.size === 0 || chains.size !== heads.length,
    },
    mustBeZero('readings whose digest does not follow from them', altered),
    mustBeZero('chains that do not lead from their first reading to their head', broken),
    mustBeZero('hours with a gap', left?.gaps ?? -1),
    mustBeZero('collection runs not done', left?.runs ?? -1),
  ];
}

function isWhole({ id, body, previous, digest }: Link): boolean {
  const told = chained.safeParse(JSON.parse(body));
  return (
    sha256Hex(body) === digest && told.success && told.data.id === id && told.data.previousDigest === previous
  );
}

/** The digest at the end of a chain, or null when it forks, has a hole or holds readings that nothing leads to. */
function walk(links: readonly Link[]): string | null {
  const after = new Map(links.map((link) => [link.previous, link]));
  if (after.size !== links.length) return null;
  let steps = 0;
  let at: string | null = null;
  for (let next = after.get(null); next !== undefined; next = after.get(at)) {
    at = next.digest;
    steps++;
    if (steps > links.length) return null;
  }
  return steps === links.length ? at : null;
}
