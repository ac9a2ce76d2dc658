import { z } from 'zod';
import { redactSecrets } from '@/lib/genesys/model/redact-secrets';

const members = z.record(z.string(), z.unknown());

/** A state as it is kept and shown: instants as text, what is not set left out, no secrets. */
export function shownState(state: object): Record<string, unknown> {
  const value: unknown = JSON.parse(JSON.stringify(state));
  return members.parse(redactSecrets(value));
}
