/** A ticket that moved: by name, and for systems with configuration items by what names its object. */
export type MovedTicket = {
  readonly key: string;
  /** Ids of its configuration item as the system and as the platform give them. */
  readonly itemIds: readonly string[];
  readonly itemName: string | null;
};

/** A changed object that change requests may name as their configuration item. */
export type NamedObject = {
  readonly id: string;
  readonly names: readonly string[];
  /** When it was changed first and last: a request that ended before or was opened after is of no interest. */
  readonly from: Date;
  readonly to: Date;
};
