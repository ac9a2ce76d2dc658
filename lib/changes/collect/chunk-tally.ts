import { newId } from '@/lib/kernel/ids';
import { floorToHour, hoursTouched, type Interval } from '@/lib/kernel/instant';
import type { Ingested } from '../ingest/ingest-pages';
import { idsDigest, type Reading } from '../model/coverage/reading-digest';

/** Under this service stand records that did not tell theirs. */
export const UNPLACED_SERVICE = '(unreadable)';
/** Stands for every service while the mapping was never read. */
export const ALL_SERVICES = '(all services)';

type Cell = { readonly ids: Set<string>; new: number; known: number; quarantined: number; lost: number };

/** What one query brought, by service and hour; records that come twice (a query begun again) count once. */
export class ChunkTally {
  private readonly cells = new Map<string, Cell>();
  private readonly seen = new Set<string>();
  private readonly chunk: Interval;
  records = 0;
  newRecords = 0;
  quarantined = 0;

  constructor(chunk: Interval) {
    this.chunk = chunk;
  }

  add(ingested: Ingested): void {
    for (const record of ingested.records) {
      if (this.seen.has(record.id)) continue;
      this.seen.add(record.id);
      this.records += 1;
      if (record.isNew) this.newRecords += 1;
      // The platform's borders are not ours: what lies outside the asked interval is kept, and counted by its own reading.
      if (record.eventDate < this.chunk.from || record.eventDate >= this.chunk.to) continue;
      const cell = this.cell(record.service, record.eventDate);
      cell.ids.add(record.id);
      if (record.isNew) cell.new += 1;
      else cell.known += 1;
    }
    for (const place of ingested.unreadable) {
      this.quarantined += 1;
      const inside =
        place.eventDate !== null && place.eventDate >= this.chunk.from && place.eventDate < this.chunk.to;
      this.cell(
        place.service ?? UNPLACED_SERVICE,
        inside && place.eventDate !== null ? place.eventDate : this.chunk.from,
      ).quarantined += 1;
    }
  }

  /** Whether a record came in this chunk. */
  has(id: string): boolean {
    return this.seen.has(id);
  }

  /** Notes records known by this source before that did not come this time. */
  addLost(records: readonly { readonly service: string; readonly eventDate: Date }[]): void {
    for (const record of records) this.cell(record.service, record.eventDate).lost += 1;
  }

  /** A reading for every service of the mapping, every service seen, and every hour touched, also for zero. */
  readings(
    services: readonly string[],
    common: Pick<Reading, 'orgId' | 'source' | 'runId' | 'queryId' | 'begunAt' | 'finishedAt'>,
  ): Reading[] {
    const seen = [...this.cells.keys()].map((key) => key.slice(key.indexOf(' ') + 1));
    const all = [...new Set([...services, ...seen])].sort();
    const nextId = readingIds(common.finishedAt);
    const { from: askedFrom, to: askedTo } = this.chunk;
    const { orgId, source, runId, queryId, begunAt, finishedAt } = common;
    return hoursTouched(this.chunk).flatMap((hour) =>
      all.map((service): Reading => {
        const cell = this.cells.get(keyOf(service, hour));
        // Spelt out: spreading costs a multiple, and a backfill makes half a million of these.
        return {
          id: nextId(),
          orgId,
          source,
          service,
          hour,
          askedFrom,
          askedTo,
          runId,
          queryId,
          begunAt,
          finishedAt,
          outcome: 'answered',
          because: null,
          returned: cell?.ids.size ?? 0,
          new: cell?.new ?? 0,
          alreadyKnown: cell?.known ?? 0,
          quarantined: cell?.quarantined ?? 0,
          lost: cell?.lost ?? 0,
          idsDigest: cell === undefined ? NO_IDS : idsDigest(cell.ids),
        };
      }),
    );
  }

  private cell(service: string, eventDate: Date): Cell {
    const key = keyOf(service, floorToHour(eventDate));
    const held = this.cells.get(key);
    if (held !== undefined) return held;
    const cell: Cell = { ids: new Set(), new: 0, known: 0, quarantined: 0, lost: 0 };
    this.cells.set(key, cell);
    return cell;
  }
}

/** Readings of an attempt that brought no answer. */
export function unansweredReadings(
  chunk: Interval,
  services: readonly string[],
  common: Pick<Reading, 'orgId' | 'source' | 'runId' | 'queryId' | 'begunAt' | 'finishedAt' | 'because'> & {
    readonly outcome: 'failed' | 'no_permission';
  },
): Reading[] {
  const nextId = readingIds(common.finishedAt);
  return hoursOf(chunk).flatMap(({ hour, asked }) =>
    services.map((service) => ({
      ...common,
      id: nextId(),
      service,
      hour,
      askedFrom: asked.from,
      askedTo: asked.to,
      returned: 0,
      new: 0,
      alreadyKnown: 0,
      quarantined: 0,
      lost: 0,
      idsDigest: NO_IDS,
    })),
  );
}

const NO_IDS = idsDigest([]);

/** Ids of one attempt's readings: a new id and a number behind it, since an attempt makes thousands. */
function readingIds(at: Date): () => string {
  const attempt = newId('reading', at);
  let n = 0;
  return () => `${attempt}_${n++}`;
}

/** The hours a chunk touches, each with the asked interval as it was: whole, since one query asked for all of it. */
function hoursOf(chunk: Interval): { hour: Date; asked: Interval }[] {
  return hoursTouched(chunk).map((hour) => ({ hour, asked: chunk }));
}

function keyOf(service: string, hour: Date): string {
  return `${hour.getTime()} ${service}`;
}
