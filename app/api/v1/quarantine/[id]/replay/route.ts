import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { replayQuarantined } from '@/lib/changes/ingest/replay-quarantine';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import { openVault } from '@/lib/vault/vault';

export const POST = handle({
  permission: 'quarantine.replay',
  summary: 'Reads a quarantined record again',
  params: changeIdSchema,
  // The replay keeps its own fact row in its own transaction, since it copies into the database.
  prepare: ({ viewer, params }) =>
    replayQuarantined(
      { db: database(), vault: openVault(env().vault) },
      { id: params.id, orgIds: viewer.orgIds, now: new Date() },
    ),
  run: async ({ params, prepared, journal }) => {
    await journal({
      action: 'quarantine.replayed',
      objectType: 'quarantine',
      objectId: params.id,
      detail: { outcome: prepared.outcome },
    });
    return prepared;
  },
});
