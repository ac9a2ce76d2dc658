/** Who acted inside the product: a signed-in person, an API key, the command line, or the product itself. */
export type JournalActor = {
  readonly kind: 'person' | 'api_key' | 'operator' | 'system' | 'anonymous';
  /** Our id (`usr_…`, `key_…`), or null for `system`, `operator` and `anonymous`. */
  readonly id: string | null;
  /** The name as it was at that moment; it is frozen into the row. */
  readonly name: string;
  readonly ip?: string | null;
  readonly requestId?: string | null;
};

export const SYSTEM_ACTOR: JournalActor = { kind: 'system', id: null, name: 'Tallystick' };
