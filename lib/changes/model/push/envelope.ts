import { isUuid } from '@/lib/kernel/ids';
import { isObject, storable } from '../record/fields';

/** What is known of an event before its audit record is read. */
export type Envelope = {
  /** The same when the event is delivered again. */
  readonly id: string | null;
  /** Null where the bytes are a bare notification or a bare record. */
  readonly detailType: string | null;
  /** The organisation named in `source`, in lower case. */
  readonly orgId: string | null;
};

const NOTHING: Envelope = { id: null, detailType: null, orgId: null };
const LONGEST = 300;
/** Source: genesys-cloud.md 4.1: `aws.partner/genesys.com/cloud/<organisation>/<suffix>`. */
const SOURCE = /^aws\.partner\/genesys\.com\/cloud\/([^/]+)\//i;

/** The envelope Amazon EventBridge puts around an event, as far as it is there. Never throws. */
export function readEnvelope(parsed: unknown): Envelope {
  if (!isObject(parsed)) return NOTHING;
  const source = textOf(parsed.source);
  const named = source === null ? undefined : SOURCE.exec(source)?.[1];
  return {
    id: isObject(parsed.detail) ? textOf(parsed.id) : null,
    detailType: textOf(parsed['detail-type']),
    orgId: named !== undefined && isUuid(named) ? named.toLowerCase() : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? storable(value) : null;
}
