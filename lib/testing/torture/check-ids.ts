import { type Evidence, type Figure, mustBe, mustBeZero } from './check-result';

/** Lost and doubled records: the ids of raw events, changes and sightings against those of the organisation. */
export async function checkIds({ sql, truth }: Evidence): Promise<Figure[]> {
  const wanted = truth.ids;
  const idsOf = async (text: string): Promise<string[]> =>
    (await sql.query<{ id: string }>(text, [truth.orgId])).map((row) => row.id);
  const raw = compareIds(wanted, await idsOf('select source_id as id from raw_event where org_id = $1'));
  const change = compareIds(wanted, await idsOf('select id from change where org_id = $1'));
  const pulled = compareIds(
    wanted,
    await idsOf(`select source_id as id from sighting where org_id = $1 and path = 'pull'`),
  );
  const [counted] = await sql.query<{
    accountable: number;
    unasked: number;
    quarantined: number;
    altered: number;
  }>(
    `select (select count(*) from change where org_id = $1 and accountable) as accountable,
       (select count(*) from sighting where org_id = $1 and path <> 'pull') as unasked,
       (select count(*) from quarantine where org_id = $1) as quarantined,
       (select count(*) from observation where org_id = $1 and kind = 'source_changed') as altered`,
    [truth.orgId],
  );
  return [
    mustBe('records of the organisation', new Set(wanted).size, wanted.length),
    mustBe('raw events', raw.found, wanted.length),
    mustBeZero('raw events lost', raw.lost),
    mustBeZero('raw events doubled', raw.doubled),
    mustBeZero('raw events from nowhere', raw.foreign),
    mustBe('changes', change.found, wanted.length),
    mustBeZero('changes lost', change.lost),
    mustBeZero('changes doubled', change.doubled),
    mustBeZero('changes from nowhere', change.foreign),
    mustBeZero('sightings by pull missing', pulled.lost),
    mustBeZero('sightings by pull doubled or from nowhere', pulled.doubled + pulled.foreign),
    mustBeZero('sightings by a path that was not used', counted?.unasked ?? -1),
    mustBe('accountable changes', counted?.accountable ?? -1, truth.accountable),
    mustBeZero('records in quarantine', counted?.quarantined ?? -1),
    mustBeZero('records said to have changed at the source', counted?.altered ?? -1),
  ];
}

/** How two lists of ids differ: wanted and not found, found more than once, found and not wanted. */
export function compareIds(
  wanted: readonly string[],
  found: readonly string[],
): { readonly found: number; readonly lost: number; readonly doubled: number; readonly foreign: number } {
  const should = new Set(wanted);
  const are = new Set(found);
  let lost = 0;
  let foreign = 0;
  for (const id of should) if (!are.has(id)) lost++;
  for (const id of are) if (!should.has(id)) foreign++;
  return { found: found.length, lost, doubled: found.length - are.size, foreign };
}
