import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type pg from 'pg';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { enrichAll } from '@/lib/changes/ingest/name-changes';
import type { NamedRef, OrgKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { type IncomingPage, readSlice } from '@/lib/changes/ingest/prepare-batch';
import { accountability } from '@/lib/changes/model/actor/accountable';
import { classifyActor } from '@/lib/changes/model/actor/classify-actor';
import type { Database } from '@/lib/db/connection';
import type { NameAt } from '@/lib/directory/model/name-at';
import { scanJsonArray } from '@/lib/genesys/model/scan-json-array';
import { leafHash, sha256 } from '@/lib/kernel/hash';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { BenchHouse } from './bench-house';
import { orgOf } from './ingest-rounds';
import { timed } from './measured';
import { knowledgeOf, pagesInMemory, teachNames } from './organization';
import { COUNTING } from './seed-history';

/** One batch of the collector. */
const BATCH = 25_000;

export type Part = { readonly name: string; readonly ms: number };
export type IngestParts = {
  readonly events: number;
  readonly totalMs: number;
  readonly parts: readonly Part[];
  /** Of the insert, what the triggers that keep the rollups take. */
  readonly triggersMs: number;
};

/** One lane, batch after batch, with every statement timed; what happens before the first statement is taken apart by doing its steps alone. */
export async function ingestParts(
  house: BenchHouse,
  plan: { readonly batches: number; readonly to: Date },
): Promise<IngestParts> {
  const orgId = orgOf(90);
  const from = addMs(plan.to, -120 * DAY_MS);
  await teachNames(house.db, orgId, from);
  const knowledge = await knowledgeOf(house.db, orgId, plan.to);
  const count = BATCH * plan.batches;
  const pages = pagesInMemory({ orgId, count, from, to: plan.to, seed: 190 });
  const batches = cut(pages, plan.batches);
  const spent = new Map<string, number>();
  const add = (name: string, ms: number): void => void spent.set(name, (spent.get(name) ?? 0) + ms);
  const db = watched(house.db, add);
  const asking = {
    ...knowledge,
    namesAt: async (refs: Parameters<NonNullable<typeof knowledge.namesAt>>[0]) => {
      const { ms, result } = await timed(() => knowledge.namesAt?.(refs) ?? Promise.resolve([]));
      add('names of the moment (asked)', ms);
      return result;
    },
  };
  const { ms: totalMs } = await timed(async () => {
    for (const batch of batches) await ingestBatch({ db, vault: house.vault, knowledge: asking }, batch);
  });
  const alone = await stepsAlone(pages, knowledge);
  for (const { name, ms } of alone) add(name, ms);
  const known = [...spent.values()].reduce((sum, ms) => sum + ms, 0);
  add('the rest: waiting for the vault, collecting garbage', totalMs - known);
  for (const trigger of COUNTING) await house.owner.query(`alter table change disable trigger ${trigger}`);
  const quiet = new Map<string, number>();
  const more = cut(pagesInMemory({ orgId, count, from, to: plan.to, seed: 191 }), plan.batches);
  const unguarded = watched(house.db, (name, ms) => void quiet.set(name, (quiet.get(name) ?? 0) + ms));
  for (const batch of more) await ingestBatch({ db: unguarded, vault: house.vault, knowledge }, batch);
  for (const trigger of COUNTING) await house.owner.query(`alter table change enable trigger ${trigger}`);
  return {
    events: count,
    totalMs,
    parts: [...spent].map(([name, ms]) => ({ name, ms })),
    triggersMs: (spent.get(INSERT) ?? 0) - (quiet.get(INSERT) ?? 0),
  };
}

const INSERT = 'insert: raw event, change, sighting, with rollup triggers';

/** Which part of the work a statement is. */
function partOf(text: string): string {
  if (text.startsWith('with won')) return INSERT;
  if (/^(copy|create temp)/.test(text)) return 'COPY into the stage, with rendering';
  if (text.startsWith('insert into raw_page')) return 'page rows';
  if (/^insert into (entity_dim|actor_address)/.test(text)) return 'name and address tables';
  return 'begin, commit and others';
}

/** The database, with every statement on a lent connection timed. */
function watched(db: Database, add: (name: string, ms: number) => void): Database {
  return {
    ...db,
    withClient: (run) => db.withClient((client) => run(watchedClient(client, add))),
  };
}

function watchedClient(client: pg.PoolClient, add: (name: string, ms: number) => void): pg.PoolClient {
  return new Proxy(client, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function') return member;
      if (key !== 'query') return member.bind(target);
      return (...given: unknown[]): unknown => {
        const startedAt = performance.now();
        const [first] = given;
        const answer: unknown = Reflect.apply(member, target, given);
        const done = (): void =>
          add(typeof first === 'string' ? partOf(first) : partOf('copy'), performance.now() - startedAt);
        if (answer instanceof Promise) void answer.finally(done).catch(() => {});
        else if (isEmitter(answer)) answer.once('close', done);
        return answer;
      };
    },
  });
}

function isEmitter(value: unknown): value is { once(event: string, listener: () => void): unknown } {
  return typeof value === 'object' && value !== null && 'once' in value && typeof value.once === 'function';
}

/** The steps before the first statement, each alone over the same bytes. */
async function stepsAlone(pages: readonly IncomingPage[], knowledge: OrgKnowledge): Promise<Part[]> {
  const { orgId } = knowledge;
  const parts: Part[] = [];
  const step = async (name: string, run: () => Promise<void> | void): Promise<void> => {
    parts.push({ name, ms: (await timed(async () => run())).ms });
  };
  const slices: { bytes: Buffer; at: Date }[] = [];
  await step('scan: where each record lies', () => {
    for (const page of pages)
      for (const { offset, length } of scanJsonArray(page.bytes, page.member).elements)
        slices.push({
          bytes: Buffer.from(page.bytes.buffer, page.bytes.byteOffset + offset, length),
          at: page.receivedAt,
        });
  });
  await step('parse, check and normalise', () => {
    for (const { bytes, at } of slices) readSlice(bytes, at);
  });
  const read = slices.flatMap(({ bytes, at }) => {
    const { normalised } = readSlice(bytes, at);
    return normalised.kind === 'change' ? [normalised.change] : [];
  });
  const names = new Map<string, NameAt>();
  const remembering = {
    ...knowledge,
    namesAt: async (refs: readonly NamedRef[]) =>
      refs.map((ref) => names.get(`${ref.id} ${ref.at.getTime()}`) ?? unresolved(ref.id)),
  };
  const judged = read.map((change) => ({
    change,
    actorKind: classifyActor(change, knowledge),
    accountability: accountability(change),
  }));
  await enrichAll(judged, {
    ...knowledge,
    namesAt: async (refs) => {
      const found = (await knowledge.namesAt?.(refs)) ?? [];
      refs.forEach((ref, index) => {
        const name = found[index];
        if (name !== undefined) names.set(`${ref.id} ${ref.at.getTime()}`, name);
      });
      return found;
    },
  });
  await step('actor, names, division, risk: deciding', async () => {
    for (const batch of cut(judged, Math.ceil(judged.length / BATCH))) {
      for (const { change } of batch) {
        classifyActor(change, knowledge);
        accountability(change);
      }
      await enrichAll(batch, remembering);
    }
  });
  await step('hashing: pages, records and two leaves each', () => {
    for (const page of pages) sha256(page.bytes);
    const salt = Buffer.alloc(16);
    for (const { bytes, at } of slices) {
      const leaf = { orgId, receivedAt: at, contentSha256: sha256(bytes), salt };
      leafHash({ ...leaf, kind: 'raw_event', factId: '00000000-0000-4000-8000-000000000000' });
      leafHash({ ...leaf, kind: 'sighting', factId: 'pull:00000000-0000-4000-8000-000000000000' });
    }
  });
  return parts;
}

/** Compressing and putting all pages into the vault, alone: beside the rest it runs on other threads. */
export async function vaultAlone(
  house: BenchHouse,
  plan: { readonly events: number; readonly to: Date },
): Promise<number> {
  const pages = pagesInMemory({
    orgId: orgOf(91),
    count: plan.events,
    from: addMs(plan.to, -DAY_MS),
    to: plan.to,
    seed: 192,
  });
  const compress = promisify(gzip);
  const { ms } = await timed(() =>
    Promise.all(
      pages.map(async (page, index) =>
        house.vault.putOnce(`bench/alone/${index}.json.gz`, await compress(page.bytes, { level: 3 })),
      ),
    ),
  );
  return ms;
}

function unresolved(id: string): NameAt {
  return {
    id,
    name: null,
    from: 'unresolved',
    knownFrom: null,
    kind: null,
    divisionId: null,
    snapshotId: null,
    changeId: null,
  };
}

function cut<T>(items: readonly T[], pieces: number): T[][] {
  const size = Math.ceil(items.length / pieces);
  return Array.from({ length: pieces }, (_, index) => items.slice(index * size, (index + 1) * size));
}
