import { setInterval } from 'node:timers';
import { page, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import type { Ticket } from '@/lib/connectors/model/ticket';
import type { ReadTicket, TicketSource } from '@/lib/connectors/ticket-source';
import { sha256 } from '@/lib/kernel/hash';
import { addMs, DAY_MS, HOUR_MS, SECOND_MS, toIso } from '@/lib/kernel/instant';
import { type Evaluated, known } from '@/lib/kernel/outcome';
import { followTickets } from '@/lib/linking/follow/follow-tickets';
import { type LinkDependencies, linkChanges } from '@/lib/linking/link-changes';
import type { BenchHouse } from './bench-house';
import { orgOf, perSecond } from './ingest-rounds';
import { short, table, timed } from './measured';

const CHANGES_PER_TICKET = 1_000;
const PER_PAGE = 500;
const MEMORY_EVERY_MS = 20;

/**
 * Judges again what a ticket import makes due: every change cites a ticket nobody had approved, then all tickets are approved at
 * once; then one of them moves among the others. Time, memory, and that nothing but the citing changes is touched.
 */
export async function measureRelink(
  house: BenchHouse,
  plan: { readonly relink: number; readonly to: Date; readonly say: (line: string) => void },
): Promise<void> {
  const orgId = orgOf(80);
  const { relink: count, to } = plan;
  const tickets = Math.max(1, Math.round(count / CHANGES_PER_TICKET));
  const site = ticketSite(tickets, addMs(to, -30 * DAY_MS));
  let now = to;
  const dependencies: LinkDependencies = {
    db: house.db,
    sources: { jira: null, servicenow: site.source, git: null },
    policy: { pipelineClients: new Set(), freezes: [] },
    now: () => now,
  };
  await citingChanges(house, { orgId, count, tickets, to, say: plan.say });
  const first = await timed(() => linkChanges(orgId, dependencies));
  plan.say(`relink: ${count} changes judged for the first time in ${short(first.ms)} ms`);
  await followTickets(orgId, dependencies);

  now = addMs(to, HOUR_MS);
  site.approveAll(addMs(to, -20 * DAY_MS), now);
  const imported = await timed(() => watchingMemory(() => followTickets(orgId, dependencies)));
  plan.say(`relink: ${imported.result.run.judged} changes judged again in ${short(imported.ms)} ms`);

  now = addMs(to, 2 * HOUR_MS);
  site.rename(0, now);
  const before = await evaluations(house, orgId);
  const one = await timed(() => followTickets(orgId, dependencies));
  const touched = (await evaluations(house, orgId)) - before;
  now = addMs(to, 3 * HOUR_MS);
  const idle = await timed(() => followTickets(orgId, dependencies));

  const { run, megabytes, rss } = imported.result;
  console.log(
    `\nRelinking: ${count.toLocaleString('en')} changes behind ${tickets.toLocaleString('en')} tickets\n${table(
      ['what', 'tickets', 'changes judged', 'verdicts written', 'seconds', 'changes / s'],
      [
        [
          'first look',
          String(tickets),
          String(first.result.judged),
          String(first.result.written),
          short(first.ms / 1_000),
          perSecond(count, first.ms),
        ],
        [
          'all tickets approved',
          String(run.tickets),
          String(run.judged),
          String(run.written),
          short(imported.ms / 1_000),
          perSecond(run.judged, imported.ms),
        ],
        [
          'one ticket moved',
          String(one.result.tickets),
          String(one.result.judged),
          String(touched),
          short(one.ms / 1_000),
          perSecond(one.result.judged, one.ms),
        ],
        ['nothing moved', '0', String(idle.result.judged), '0', short(idle.ms / 1_000), '-'],
      ],
    )}\nmemory while all were judged again: heap + ${short(megabytes)} MB, resident set ${short(rss)} MB at most\n`,
  );
  const asked = site.changesOf(0, count);
  if (run.judged !== count || one.result.judged !== asked || touched !== asked || idle.result.judged !== 0)
    throw new Error(
      `relinking touched other changes than those that cite what moved: ${run.judged} of ${count}, ${one.result.judged} and ${touched} of ${asked}, ${idle.result.judged} of 0`,
    );
}

/** Changes through the product's own ingest, each citing one of the tickets in turn. */
async function citingChanges(
  house: BenchHouse,
  made: { orgId: string; count: number; tickets: number; to: Date; say: (line: string) => void },
): Promise<void> {
  const { orgId, count, tickets, to } = made;
  const parts = { db: house.db, vault: house.vault, knowledge: bareKnowledge(orgId), now: to };
  const stepMs = Math.max(SECOND_MS, Math.floor((15 * DAY_MS) / count));
  for (let first = 0; first < count; first += PER_PAGE) {
    const records = Array.from({ length: Math.min(PER_PAGE, count - first) }, (_, index) => {
      const n = first + index;
      return restRecord(n, {
        userHomeOrgId: orgId,
        eventDate: toIso(addMs(to, -(n + 1) * stepMs)),
        context: { comment: `under ${keyOf(n % tickets)}` },
        propertyChanges: [{ property: 'acwTimeoutMs', oldValues: ['1'], newValues: [String(n)] }],
      });
    });
    await ingestBatch(parts, [page(records, { receivedAt: to })]);
    if ((first + PER_PAGE) % 100_000 === 0) made.say(`relink: ${first + PER_PAGE} changes ingested`);
  }
  for (const name of ['change', 'change_citation', 'link_evaluation'])
    await house.owner.query(`vacuum (analyze) ${name}`);
}

function keyOf(n: number): string {
  return `CHG${1_000_000 + n}`;
}

/** An instance whose requests can be approved all at once: what an import from another tool looks like. */
function ticketSite(count: number, openedAt: Date) {
  let approvedAt: Date | null = null;
  const moved = new Map<string, Date>();
  const titles = new Map<string, string>();
  const read = (key: string): ReadTicket => {
    const ticket: Ticket = {
      system: 'servicenow',
      key,
      title: titles.get(key) ?? 'Routine',
      type: 'normal',
      emergency: false,
      createdAt: openedAt,
      firstStatus: 'New',
      statusSteps: [],
      decisions:
        approvedAt === null
          ? []
          : [{ at: approvedAt, verdict: 'approved', by: 'Priya Nair', basis: 'sys_audit' }],
      window: null,
      objects: [],
      otherIds: [],
      url: null,
    };
    return { ticket, rawSha256: sha256(key) };
  };
  const keys = Array.from({ length: count }, (_, n) => keyOf(n));
  const source: TicketSource = {
    system: 'servicenow',
    findTickets: async (asked) =>
      new Map(asked.map((key): [string, Evaluated<ReadTicket | null>] => [key, known(read(key))])),
    knowsProject: async () => known(false),
    async *updatedSince(since) {
      const found = keys.filter((key) => (moved.get(key)?.getTime() ?? 0) >= since.getTime());
      for (let at = 0; at < found.length; at += 100)
        yield found.slice(at, at + 100).map((key) => ({ key, itemIds: [], itemName: null }));
    },
    findByItem: async (objects) => new Map(objects.map(({ id }) => [id, known([])])),
    check: async () => {},
  };
  return {
    source,
    approveAll(at: Date, movedAt: Date) {
      approvedAt = at;
      for (const key of keys) moved.set(key, movedAt);
    },
    rename(n: number, movedAt: Date) {
      titles.set(keyOf(n), 'Routine, renamed');
      moved.set(keyOf(n), movedAt);
    },
    changesOf: (n: number, changes: number) => Math.floor((changes - 1 - n) / count) + 1,
  };
}

async function evaluations(house: BenchHouse, orgId: string): Promise<number> {
  const rows = await house.db.sql.query<{ n: number }>(
    'select count(*) as n from link_evaluation where org_id = $1',
    [orgId],
  );
  return rows[0]?.n ?? 0;
}

/** The most that heap (above its start) and resident set stood at while `run` worked, in megabytes. */
async function watchingMemory<T>(
  work: () => Promise<T>,
): Promise<{ readonly megabytes: number; readonly rss: number; readonly run: T }> {
  globalThis.gc?.();
  const start = process.memoryUsage().heapUsed;
  let heap = start;
  let rss = 0;
  const watch = setInterval(() => {
    const now = process.memoryUsage();
    heap = Math.max(heap, now.heapUsed);
    rss = Math.max(rss, now.rss);
  }, MEMORY_EVERY_MS);
  try {
    const run = await work();
    return { megabytes: (heap - start) / 1_048_576, rss: rss / 1_048_576, run };
  } finally {
    clearInterval(watch);
  }
}
