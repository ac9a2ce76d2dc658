import type { JournalActor } from '@/lib/kernel/actor';
import type { Role } from '@/lib/kernel/words';

/** Who asks: a signed-in person, an API key, or the operator at the command line. */
export type Viewer = {
  readonly kind: 'person' | 'api_key' | 'operator';
  /** `usr_…`, `key_…`, or `operator`. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Organisations whose rows may be seen. */
  readonly orgIds: readonly string[];
  /** Set for whoever may see some organisations only: they may not act on the installation as a whole. */
  readonly limited?: true;
  /** The session of a person (`ses_…`), so that it can be ended. */
  readonly sessionId?: string;
  readonly ip?: string;
  readonly requestId?: string;
};

/** The command line's viewer: whoever may run it on the machine may read everything; each read is journaled as the operator's. */
export function operatorViewer(orgIds: readonly string[]): Viewer {
  return { kind: 'operator', id: 'operator', name: 'Command line', role: 'admin', orgIds };
}

/** The viewer as the journal writes it. */
export function actorOf(viewer: Viewer): JournalActor {
  return {
    kind: viewer.kind,
    id: viewer.kind === 'operator' ? null : viewer.id,
    name: viewer.name,
    ip: viewer.ip ?? null,
    requestId: viewer.requestId ?? null,
  };
}
