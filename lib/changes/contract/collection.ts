import type { SOURCES } from '@/lib/kernel/words';

/** One reading behind a cell of the calendar. */
export type ReadingDto = {
  readonly id: string;
  readonly source: (typeof SOURCES)[number];
  readonly service: string;
  readonly hour: string;
  readonly askedFrom: string;
  readonly askedTo: string;
  readonly queryId: string | null;
  readonly begunAt: string;
  readonly finishedAt: string;
  readonly outcome: 'answered' | 'failed' | 'no_permission';
  readonly because: string | null;
  readonly returned: number;
  readonly new: number;
  readonly alreadyKnown: number;
  readonly quarantined: number;
  readonly idsDigest: string;
  readonly previousDigest: string | null;
  readonly digest: string;
};

export type QuarantineDto = {
  readonly id: string;
  readonly orgId: string;
  readonly receivedAt: string;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
  readonly reason: string;
  readonly message: string;
  readonly excerpt: string;
  readonly state: 'open' | 'replayed' | 'still_unreadable';
  readonly replays: readonly {
    readonly at: string;
    readonly outcome: string;
    readonly message: string | null;
  }[];
};

/** A service, action, entity type or field seen that the mapping or the normaliser does not know, or that changed its type. */
export type ObservationDto = {
  readonly id: string;
  readonly orgId: string;
  readonly firstSeenAt: string;
  readonly kind:
    | 'unknown_service'
    | 'unknown_entity_type'
    | 'unknown_action'
    | 'new_field'
    | 'retyped_field'
    | 'removed_field'
    | 'service_gone'
    | 'source_changed';
  readonly name: string;
  readonly detail: string;
  readonly example: string | null;
};

/** A collection in progress or done, for the terminal and the page. */
export type CollectionRunDto = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: 'sync' | 'backfill' | 'resweep';
  readonly state: 'running' | 'done' | 'failed' | 'interrupted';
  readonly from: string;
  readonly to: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly chunksTotal: number;
  readonly chunksDone: number;
  readonly records: number;
  readonly newRecords: number;
  readonly quarantined: number;
  readonly message: string | null;
};
