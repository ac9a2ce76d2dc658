import type { Evaluated } from '@/lib/kernel/outcome';
import type { MovedTicket, NamedObject } from './model/moved-ticket';
import type { Ticket, TicketSystem } from './model/ticket';

/** A ticket as it was just read, with the hash of the bytes it came in. */
export type ReadTicket = { readonly ticket: Ticket; readonly rawSha256: Buffer };

/** A system that holds tickets. One per configured site. */
export interface TicketSource {
  readonly system: TicketSystem;
  /**
   * Each key's ticket: null where the system says there is none (or none we may see), *not evaluated* where it could not be
   * asked. Holds an entry for every key. Never throws for what the other side did.
   */
  findTickets(keys: readonly string[]): Promise<Map<string, Evaluated<ReadTicket | null>>>;
  /** Whether keys with this prefix belong to the site, so that `UTF-8` is no ticket. Asked once for each prefix. */
  knowsProject(prefix: string): Promise<Evaluated<boolean>>;
  /**
   * What moved at or after the instant, page by page, each ticket once or twice. Tickets that move while this is read may be
   * missing and must be asked for again from before it began. Throws a connector error.
   */
  updatedSince(since: Date, now: Date): AsyncIterable<readonly MovedTicket[]>;
  /**
   * Numbers of the tickets whose configuration item is one of the objects, by object id, with *not evaluated* where it could not
   * be asked. Holds an entry for every object; systems without configuration items find none.
   */
  findByItem(objects: readonly NamedObject[]): Promise<Map<string, Evaluated<readonly string[]>>>;
  /** Reaches the system with our credentials; rejects with a connector error that says what is wrong. */
  check(): Promise<void>;
}
