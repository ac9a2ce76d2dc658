import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANTED_REASONS } from '@/e2e/sandbox/history/reasons';
import type { Planted } from '@/e2e/sandbox/history/record';
import { operatorViewer } from '@/lib/auth/viewer';
import { checkRollups } from '@/lib/changes/rebuild-rollups';
import { viewCoverage } from '@/lib/changes/views/coverage';
import { genesysReader } from '@/lib/directory/genesys-reader';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { viewUnlinkedRate } from '@/lib/linking/views';
import { ANCHOR, type PipelineStage, pipelineStage } from './fixtures/pipeline-stage';
import { type PassResult, passOver } from './pipeline';
import type { Connection } from './wiring/connections';

/** One whole pass over ninety days of planted history, through the wiring of the product and over real HTTP. */

const SINCE = addMs(ANCHOR, -90 * DAY_MS);
/** Nights on which the directory was read before, around every rename and deletion. */
const NIGHTS = [91, 42, 40, 34, 28, 25, 21, 19, 15, 14];
const NAMED: readonly DirectoryKind[] = ['user', 'division', 'role', 'group', 'queue', 'skill', 'trunk'];

let stage: PipelineStage;
let connection: Connection;
let passed: PassResult;
let changes: Map<string, Row>;

type Row = {
  id: string;
  event_date: Date;
  service: string;
  level: string;
  linkage: string;
  linkage_reason: string | null;
  accountable: boolean;
  excluded_reason: string | null;
  actor_kind: string;
  actor_id: string | null;
  entity_id: string | null;
  entity_label: string | null;
  names: Record<string, { name: string; from: string; knownFrom: string | null }>;
};

beforeAll(async () => {
  stage = await pipelineStage();
  connection = await stage.reach();
  for (const daysAgo of NIGHTS) {
    const at = addMs(ANCHOR, -daysAgo * DAY_MS + 2 * HOUR_MS);
    stage.sandbox.state.clock = at.getTime();
    const reader = genesysReader(connection.genesys);
    await takeSnapshot(stage.product.db, {
      orgId: connection.orgId,
      reader,
      kinds: NAMED,
      now: () => at,
    });
  }
  stage.sandbox.state.clock = null;
  passed = await passOver(stage.product, connection, {
    ask: { kind: 'backfill', since: SINCE },
    snapshot: true,
  });
  const rows = await stage.rows<Row>(
    `select id, event_date, service, level, linkage, linkage_reason, accountable, excluded_reason, actor_kind, actor_id, entity_id, entity_label, names from change`,
  );
  changes = new Map(rows.map((row) => [row.id, row]));
}, 180_000);
afterAll(() => stage?.close());

/** Planted records whose change is not as `differs` wants it, with what a reader needs to see why. */
function differing(differs: (planted: Planted, row: Row | undefined) => boolean) {
  return [...stage.sandbox.state.store.all()]
    .filter((planted) => differs(planted, changes.get(planted.record.id)))
    .map(({ record, label }) => ({ record: record.id, marks: label.marks, row: changes.get(record.id) }))
    .slice(0, 5);
}

function countBy<T>(items: Iterable<T>, keyOf: (item: T) => string | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('one whole pass equals the planted truth', () => {
  test('I21, I23: every record of ninety days is there, once, by level, service and day', () => {
    const { totals } = stage.sandbox.truth;
    expect(passed.collected).toMatchObject({
      state: 'done',
      records: totals.records,
      newRecords: totals.records,
      quarantined: 0,
      failed: 0,
    });
    expect(changes.size).toBe(totals.records);
    expect(countBy(changes.values(), (row) => row.level)).toEqual(totals.byLevel);
    expect(countBy(changes.values(), (row) => row.service)).toEqual(totals.byService);
    expect(countBy(changes.values(), (row) => row.event_date.toISOString().slice(0, 10))).toEqual(
      totals.byDay,
    );
  });

  test('X3: what counts and what does not, with its reason, record by record', () => {
    const { truth } = stage.sandbox;
    expect(
      differing(
        ({ label }, row) =>
          row?.accountable !== label.accountable || row.excluded_reason !== label.excludedReason,
      ),
    ).toEqual([]);
    expect([...changes.values()].filter((row) => row.accountable)).toHaveLength(truth.accountable);
    expect(countBy(changes.values(), (row) => row.excluded_reason)).toEqual(truth.excluded);
  });

  test('who acted: kind and id of every record', () => {
    expect(
      differing(({ label }, row) => row?.actor_kind !== label.actorKind || row.actor_id !== label.actorId),
    ).toEqual([]);
    expect(countBy(changes.values(), (row) => row.actor_kind)).toEqual(stage.sandbox.truth.actorKinds);
  });

  test('R5: every change is held against Jira, ServiceNow and the repository, and comes to the planted verdict', () => {
    expect(differing(({ label }, row) => row?.linkage !== label.linkage)).toEqual([]);
    const verdicts = countBy(changes.values(), (row) => (row.accountable ? row.linkage : null));
    expect(verdicts).toEqual(stage.sandbox.truth.linkage);
    expect(passed.links).toMatchObject({ notEvaluated: 0, sourcesDown: [] });
    expect(passed.links.linked).toBe(stage.sandbox.truth.linkage.linked);
  });

  test('R5: what is not linked says why, in every way there is, and exactly as planted', () => {
    const reasons = countBy(changes.values(), (row) =>
      !row.accountable || row.linkage === 'linked' ? null : (row.linkage_reason ?? 'cites_nothing'),
    );
    expect(reasons).toEqual(stage.sandbox.truth.linkageReasons);
    expect(Object.keys(reasons).sort()).toEqual([...PLANTED_REASONS].sort());
  });

  test('L11: admin roles granted while no window was open are found, each once, and no other', async () => {
    const found = await stage.rows<{ change_ids: string[] }>(
      `select change_ids from finding where rule = 'ghost-admin'`,
    );
    expect(found.flatMap((row) => row.change_ids).sort()).toEqual(
      [...stage.sandbox.truth.ghostAdmins].sort(),
    );
    expect(found.length).toBeGreaterThan(1);
  });

  test('X4: windows of the policy and of ServiceNow stand in the calendar with their source; what cannot be read is left out', async () => {
    const names = await stage.rows<{ source: string; kind: string; name: string }>(
      'select source, kind, name from window_version order by source, kind, name',
    );
    expect(names.map((row) => `${row.source} ${row.kind} ${row.name}`)).toEqual([
      'policy freeze Season opening',
      'policy window Bank holiday repair',
      'policy window Evening maintenance',
      'policy window Holiday hours rework',
      'servicenow freeze Year-end blackout: Closing of the books',
      'servicenow window Platform maintenance: Patch Tuesday',
      'servicenow window Platform maintenance: Sunday night',
    ]);
  });

  test('R16, R17, X3: the rate to the last digit, its exclusions, and the rows behind it', async () => {
    const { truth } = stage.sandbox;
    const range = { from: SINCE.toISOString(), to: ANCHOR.toISOString() };
    const viewer = operatorViewer([connection.orgId]);
    const rate = await viewUnlinkedRate(viewer, range, { db: stage.product.db });
    expect({ unlinked: rate.unlinked, total: rate.total, rate: rate.rate }).toEqual(truth.unlinkedChangeRate);
    expect(rate.counts).toEqual(truth.linkage);
    expect(rate.excluded).toEqual({ ...truth.excluded, excused: 0 });
    expect(rate.series.reduce((sum, point) => sum + point.unlinked, 0)).toBe(rate.unlinked);
    const empty = {
      from: addMs(SINCE, -9 * DAY_MS).toISOString(),
      to: addMs(SINCE, -8 * DAY_MS).toISOString(),
    };
    expect((await viewUnlinkedRate(viewer, empty, { db: stage.product.db })).rate).toBeNull();
  });

  test('R6, R7, L5, L6: one row per property change, none lost, and one for a record without any', async () => {
    const rows = await stage.rows<{ change_id: string; told: (string | null)[] }>(
      `select change_id, array[property, old_value, new_value] as told from property_change order by change_id, position`,
    );
    const found = new Map<string, unknown[]>();
    for (const { change_id, told } of rows) found.set(change_id, [...(found.get(change_id) ?? []), told]);
    const shown = (values: readonly string[] = []) =>
      values.length > 1 ? `[${values.map((one) => JSON.stringify(one)).join(', ')}]` : (values[0] ?? null);
    const wanted = ({ propertyChanges = [] }: Planted['record']) =>
      propertyChanges.length === 0
        ? [[null, null, null]]
        : propertyChanges.map((one) => [one.property, shown(one.oldValues), shown(one.newValues)]);
    const lost = differing(
      ({ record }) => JSON.stringify(wanted(record)) !== JSON.stringify(found.get(record.id)),
    );
    expect(lost).toEqual([]);
    expect([...found.values()].some((one) => one.length > 1)).toBe(true);
  });

  test('L5: the raw record of a change is found in the vault byte for byte', async () => {
    const rows = await stage.rows<{
      source_id: string;
      vault_key: string;
      byte_offset: number;
      byte_length: number;
      sha256: Buffer;
    }>(
      `select r.source_id, p.vault_key, r.byte_offset, r.byte_length, r.sha256 from raw_event r join raw_page p using (page_id)
       order by md5(r.source_id) limit 40`,
    );
    const planted = new Map([...stage.sandbox.state.store.all()].map((one) => [one.record.id, one.record]));
    for (const row of rows) {
      const page = gunzipSync(await stage.product.vault.get(row.vault_key));
      const bytes = page.subarray(row.byte_offset, row.byte_offset + row.byte_length);
      expect(sha256Hex(bytes)).toBe(row.sha256.toString('hex'));
      const { user: _, ...rest } = planted.get(row.source_id) ?? { user: null };
      expect(JSON.parse(bytes.toString('utf8'))).toMatchObject(rest);
    }
    expect(rows).toHaveLength(40);
  });

  test('counts kept beside the changes say the same as the changes', async () => {
    const differences = await checkRollups(stage.product.db, connection.orgId);
    expect(Object.values(differences).filter((n) => n !== 0)).toEqual([]);
  });

  test('L20: services, entity types, actions and fields nobody listed are kept and reported', async () => {
    const seen = await stage.rows<{ kind: string; name: string }>(
      'select kind, name from observation order by kind, name',
    );
    expect(seen.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'new_field dataResidency',
      'new_field retentionClass',
      'unknown_action Routing/RoutingSkill/Defragment',
      'unknown_entity_type Telephony/HologramTrunk',
      'unknown_service QuantumRouting',
    ]);
  });
});

describe('names are those of the event', () => {
  test('D23, D24, R25, X5: a target bears the name it had then, also renamed and deleted since, in every record', () => {
    const renames = stage.sandbox.state.nameChanges.filter((one) => one.to !== null);
    /** As planted; from the second of a renaming on the new name, too: some planted sign-ins go on with the old one. */
    const rightNames = ({ at, label }: Planted): (string | null)[] => {
      const rename = renames.find((one) => one.id === label.entityId && at >= one.at);
      return rename === undefined ? [label.entityNameAtEvent] : [label.entityNameAtEvent, rename.to];
    };
    expect(
      differing((planted, row) => row === undefined || !rightNames(planted).includes(row.entity_label)),
    ).toEqual([]);
  });

  test('D5, D7, D22: division ids in property values carry the names they had on that day', () => {
    const { nameChanges } = stage.sandbox.truth;
    const renamed = nameChanges.find((one) => one.kind === 'division' && one.to !== null);
    const deleted = nameChanges.find((one) => one.kind === 'division' && one.to === null);
    const told = (id: string | undefined, keep: (row: Row) => boolean) =>
      new Set(
        [...changes.values()]
          .filter(keep)
          .flatMap((row) => (id && row.names[id] ? [row.names[id].name] : [])),
      );
    const at = new Date(renamed?.at ?? 0);
    expect(told(renamed?.id, (row) => row.event_date < at)).toEqual(new Set([renamed?.from]));
    expect(told(renamed?.id, (row) => row.event_date > addMs(at, DAY_MS))).toEqual(new Set([renamed?.to]));
    expect(told(deleted?.id, () => true)).toEqual(new Set([deleted?.from]));
  });

  test('R26: what was made and deleted between two snapshots is named by its own create event, or stays unresolved', () => {
    for (const short of stage.sandbox.truth.shortLived) {
      const rows = [...changes.values()].filter((row) => row.entity_id === short.id);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) expect(row.entity_label).toBe(short.name);
      const last = rows.sort((a, b) => b.event_date.getTime() - a.event_date.getTime())[0];
      if (short.resolvable) expect(last?.names[short.id]?.from).toBe('create_event');
      else expect(last?.names[short.id]).toBeUndefined();
    }
  });

  test('a person renamed since is never called by the later name in earlier records without saying so', () => {
    const married = stage.sandbox.truth.nameChanges.find((one) => one.kind === 'user' && one.to !== null);
    const before = [...changes.values()].filter(
      (row) => row.actor_id === married?.id && row.event_date < new Date(married?.at ?? 0),
    );
    expect(before.length).toBeGreaterThan(0);
    for (const row of before)
      expect(row.names[married?.id ?? '']).toMatchObject({ name: married?.from, from: 'snapshot' });
  });
});

describe('what was read, and reading it again', () => {
  test('X1, I24: every service and hour has its reading, also for zero, and no hour is taken for granted', async () => {
    const { services } = { services: (await connectionServices()).length };
    const hours = await stage.rows<{ hours: number; silent: number }>(
      `select count(*)::int as hours, count(*) filter (where records = 0)::int as silent from coverage_hour
       where hour >= $1 and hour < $2 and state = 'late_complete' and basis = 'one_reading'`,
      [SINCE, ANCHOR],
    );
    expect(hours[0]?.hours).toBeGreaterThanOrEqual(services * 90 * 24);
    expect(hours[0]?.silent).toBeGreaterThan(services * 80 * 24);
    const shown = await viewCoverage(
      operatorViewer([connection.orgId]),
      { from: SINCE.toISOString(), to: ANCHOR.toISOString() },
      { db: stage.product.db },
    );
    expect(shown.totals).toMatchObject({ late_complete: 90 * 24, gap: 0, not_evaluated: 0 });
  });

  test('R15: the page can say how old its newest data is', async () => {
    const shown = await viewCoverage(operatorViewer([connection.orgId]), {}, { db: stage.product.db });
    const age = Date.now() - Date.parse(shown.readTo ?? '');
    expect(age).toBeLessThan(2 * MINUTE_MS);
  });

  test('L21: a second pass and a re-sweep find nothing new and change nothing', async () => {
    const before = await opinions();
    const again = await passOver(stage.product, connection, { ask: { kind: 'sync' }, snapshot: true });
    expect(again.collected).toMatchObject({ state: 'done', newRecords: 0 });
    const range = { from: addMs(ANCHOR, -3 * DAY_MS), to: ANCHOR };
    const swept = await passOver(stage.product, connection, {
      ask: { kind: 'resweep', ...range },
      snapshot: false,
    });
    expect(swept.collected).toMatchObject({ state: 'done', newRecords: 0, quarantined: 0 });
    expect(swept.collected.records).toBeGreaterThan(0);
    expect(await opinions()).toEqual(before);
    expect(await stage.rows(`select * from observation where kind = 'source_changed'`)).toEqual([]);
  });

  async function opinions() {
    return stage.rows<object>(
      `select count(*)::int as n, md5(string_agg(concat_ws('|', id, linkage, planning, accountable, actor_kind, risk, actor_label, entity_label, names::text), '' order by id)) as digest from change`,
    );
  }

  async function connectionServices(): Promise<unknown[]> {
    const rows = await stage.rows<{ services: unknown[] }>('select services from service_mapping_version');
    return rows[0]?.services ?? [];
  }
});
