import pg from 'pg';
import { sqlOf } from '@/lib/db/connection';
import { connectionConfig } from '@/lib/db/pool';
import type { Sql } from '@/lib/db/sql';
import type { Vault } from '@/lib/vault/vault';
import { checkChains } from './check-chains';
import { checkIds } from './check-ids';
import type { Evidence, Figure } from './check-result';
import { checkRollups } from './check-rollups';
import { checkStoredBytes } from './check-stored-bytes';

type Check = (evidence: Evidence) => Promise<Figure[]>;

/** A wrong on purpose, and the figure that must tell. */
type Planted = {
  readonly figure: string;
  readonly check: Check;
  /** Runs as a superuser with the guards of the tables off. */
  readonly spoil?: string;
  readonly spoilVault?: (vault: Evidence['vault']) => Evidence['vault'];
};

/** A row that is neither first nor last of anything. */
const SOME = 'order by 1 offset 7 limit 1';

const PLANTED: readonly Planted[] = [
  {
    figure: 'raw events lost',
    check: checkIds,
    spoil: `delete from raw_event where source_id = (select source_id from raw_event ${SOME})`,
  },
  {
    figure: 'changes lost',
    check: checkIds,
    spoil: `delete from change where id = (select id from change ${SOME})`,
  },
  {
    figure: 'changes doubled',
    check: checkIds,
    spoil: `insert into change select (jsonb_populate_record(c, jsonb_build_object('event_date', c.event_date + interval '1 second'))).*
      from change c where id = (select id from change where extract(hour from event_date) = 12 ${SOME})`,
  },
  {
    figure: 'raw events from nowhere',
    check: checkIds,
    spoil: `insert into raw_event select (jsonb_populate_record(r, '{"source_id":"from nowhere"}')).*
      from raw_event r where source_id = (select source_id from raw_event ${SOME})`,
  },
  {
    figure: 'sightings by pull missing',
    check: checkIds,
    spoil: `delete from sighting where source_id = (select source_id from sighting ${SOME})`,
  },
  {
    figure: 'rows of ru_dim that count wrongly',
    check: checkRollups,
    spoil: `update ru_dim set n = n + 1 where ctid = (select ctid from ru_dim where n > 0 limit 1)`,
  },
  {
    figure: 'records whose bytes do not hash to what is kept',
    check: checkStoredBytes,
    spoil: `update raw_event set byte_offset = byte_offset + 1 where page_id = (select page_id from raw_page order by records desc limit 1)`,
  },
  {
    figure: 'pages whose bytes are not those received',
    check: checkStoredBytes,
    spoilVault: (vault) => onceOtherwise(vault, async (bytes) => bytes.subarray(0, bytes.length - 1)),
  },
  {
    figure: 'pages whose object is missing',
    check: checkStoredBytes,
    spoilVault: (vault) => onceOtherwise(vault, () => Promise.reject(new Error('missing on purpose'))),
  },
  {
    figure: 'chains that do not lead from their first reading to their head',
    check: checkChains,
    spoil: `delete from reading where id = (select id from reading ${SOME})`,
  },
  {
    figure: 'readings whose digest does not follow from them',
    check: checkChains,
    spoil: `update reading set body = replace(body, '"returned":', '"returned":1') where id = (select id from reading ${SOME})`,
  },
];

/** Plants one wrong after the other, each in a transaction that is taken back, and sees that the checks notice. */
export async function noticePlantedBreaches(address: string, evidence: Evidence): Promise<Figure[]> {
  const client = new pg.Client(connectionConfig({ url: address, applicationName: 'torture-control' }));
  await client.connect();
  const sql = sqlOf(client);
  const missed: string[] = [];
  try {
    for (const planted of PLANTED) {
      await client.query('begin');
      await spoil(sql, planted);
      const vault = planted.spoilVault?.(evidence.vault) ?? evidence.vault;
      const figures = await planted.check({ ...evidence, sql, vault });
      if (!figures.some((figure) => figure.name === planted.figure && figure.breach))
        missed.push(planted.figure);
      await client.query('rollback');
    }
  } finally {
    await client.end();
  }
  return [
    {
      name: 'wrongs planted afterwards that the checks noticed',
      value: `${PLANTED.length - missed.length} of ${PLANTED.length}${missed.length > 0 ? `; missed: ${missed.join(', ')}` : ''}`,
      breach: missed.length > 0,
    },
  ];
}

/** Tables whose guards stand in the way of a wrong. */
const GUARDED = ['raw_event', 'sighting', 'change', 'reading'] as const;

async function spoil(sql: Sql, planted: Planted): Promise<void> {
  if (planted.spoil === undefined) return;
  for (const table of GUARDED) await sql.query(`alter table ${table} disable trigger user`);
  await sql.query(planted.spoil);
}

/** The vault, which tells something else about the first object it is asked for. */
function onceOtherwise(
  vault: Pick<Vault, 'get'>,
  otherwise: (bytes: Buffer) => Promise<Buffer>,
): Pick<Vault, 'get'> {
  let done = false;
  return {
    async get(key) {
      const bytes = await vault.get(key);
      if (done) return bytes;
      done = true;
      return otherwise(bytes);
    },
  };
}
