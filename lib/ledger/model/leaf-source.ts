/** A fact waiting for its place in the log, as the sealer needs it. */
export type PendingLeaf = {
  /** The table's name in the singular, such as `raw_event`: the `kind` of the leaf line. */
  readonly kind: string;
  /** Null for facts of the installation. */
  readonly orgId: string | null;
  readonly factId: string;
  /** 32 bytes, made when the fact was made. */
  readonly leafHash: Buffer;
  /** The transaction that wrote it, as decimal text; leaves are ordered by it, then by receivedAt and id. */
  readonly xid: string;
  readonly receivedAt: Date;
};

/**
 * What a room offers the sealer: its facts in commit order. Each room's store has one; they are wired together in
 * `workers/wiring`.
 */
export interface LeafSource {
  readonly kind: string;
  /**
   * Facts written by transactions in `[fromXid, beforeXid)`, ordered by (xid, receivedAt, factId), at most `limit`.
   * `beforeXid` is the snapshot's horizon: no transaction below it is still running.
   */
  pending(range: {
    readonly fromXid: string;
    readonly beforeXid: string;
    readonly limit: number;
  }): Promise<readonly PendingLeaf[]>;
}
