import { floorToSecond, parseInstant } from '@/lib/kernel/instant';
import type { Normalised, NormalisedChange, UnreadableReason } from './change';
import { FieldReader, isObject, type JsonObject, MAX_KEY_LENGTH } from './fields';
import { citableText, flattenContext, flattenPropertyChanges, messageTexts } from './flatten';

/** Everything any shape of an audit record carries at its top; other members are reported, and kept in the raw bytes. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'eventDate',
  'eventTime',
  'serviceName',
  'action',
  'entityType',
  'entity',
  'user',
  'userId',
  'username',
  'userDisplay',
  'client',
  'clientId',
  'userHomeOrgId',
  'userTrusteeOrgId',
  'remoteIp',
  'level',
  'status',
  'application',
  'initiatingAction',
  'transactionInitiator',
  'propertyChanges',
  'entityChanges',
  'context',
  'message',
  'selfUri',
]);
const KNOWN_INSIDE: Readonly<Record<string, ReadonlySet<string>>> = {
  entity: new Set(['id', 'name', 'selfUri']),
  user: new Set(['id', 'name', 'selfUri']),
  client: new Set(['id', 'name', 'selfUri']),
  initiatingAction: new Set(['transactionId', 'actionContext']),
};
/** Longest id, service, entity type or action; longer ones are no names. */
const MAX_NAME_LENGTH = 200;

/**
 * One audit record from the parsed JSON of any shape: REST (`eventDate`, `user`), realtime (the same), large-result file
 * (`eventTime`), notification and EventBridge (`eventBody`, `userId`). All give one record with one id. Never throws.
 *
 * Source: genesys-cloud.md 3.5, 3.6, 4.2.
 */
export function normalise(parsed: unknown): Normalised {
  const fields = new FieldReader();
  try {
    if (!isObject(parsed)) return unreadable(fields, 'not_an_object', 'the record is no JSON object');
    return read(parsed, fields);
  } catch (thrown) {
    // Nesting deep enough to exhaust the stack ends here, as does what nobody thought of.
    return unreadable(fields, 'unexpected', thrown instanceof Error ? thrown.message : 'unknown error');
  }
}

function read(parsed: JsonObject, fields: FieldReader): Normalised {
  const { record, envelopeCorrelationId } = unwrap(parsed);
  noteUnknown(record, fields);
  const essentials = readEssentials(record, fields);
  if ('unreadable' in essentials) return essentials.unreadable;
  const { user, client } = readActor(record, fields);
  const entity = fields.object(record, 'entity');
  const initiating = fields.object(record, 'initiatingAction');
  const context = flattenContext(record, fields);
  const propertyChanges = flattenPropertyChanges(record, fields);
  const messages = messageTexts(record, fields);
  const correlation = context.correlationId ?? envelopeCorrelationId;
  const change: NormalisedChange = {
    ...essentials.values,
    userId: user.id,
    userHomeOrgId: fields.key(record, 'userHomeOrgId'),
    clientId: client,
    actorId: user.id ?? client,
    actorName: user.name,
    entityId: fields.key(entity, 'id', 'entity.id'),
    entityName: fields.text(entity, 'name', 'entity.name'),
    remoteIp: fields.texts(record, 'remoteIp').filter((ip) => ip !== ''),
    application: fields.text(record, 'application'),
    message: messages[0] ?? null,
    context,
    propertyChanges,
    citableText: citableText({ propertyChanges, messages, context }),
    correlationId: correlation && correlation.length <= MAX_KEY_LENGTH ? correlation : null,
    status: fields.text(record, 'status'),
    transactionId: fields.key(initiating, 'transactionId', 'initiatingAction.transactionId'),
    transactionInitiator: fields.flag(record, 'transactionInitiator'),
    entityChanges: Array.isArray(record.entityChanges) ? record.entityChanges : null,
    complete: record.eventDate !== undefined && record.eventDate !== null,
    unknownFields: fields.drift.filter((drift) => drift.kind === 'new_field').map((drift) => drift.field),
  };
  return { kind: 'change', change, drift: fields.drift };
}

/** The record inside an EventBridge event or a notification, or the thing itself. */
function unwrap(parsed: JsonObject): { record: JsonObject; envelopeCorrelationId: string | null } {
  const detail = isObject(parsed.detail) ? parsed.detail : parsed;
  if (!isObject(detail.eventBody)) return { record: parsed, envelopeCorrelationId: null };
  const metadata = isObject(detail.metadata) ? detail.metadata : {};
  const correlation = metadata.CorrelationId;
  return {
    record: detail.eventBody,
    envelopeCorrelationId: typeof correlation === 'string' && correlation !== '' ? correlation : null,
  };
}

type Essentials = Pick<NormalisedChange, 'id' | 'eventDate' | 'service' | 'entityType' | 'action' | 'level'>;

/** What a record cannot be placed without. Anything missing or of another type makes it unreadable, with the reason. */
function readEssentials(
  record: JsonObject,
  fields: FieldReader,
): { values: Essentials } | { unreadable: Normalised } {
  const names = [
    ['id', 'missing_id'],
    ['serviceName', 'missing_service'],
    ['entityType', 'missing_entity_type'],
    ['action', 'missing_action'],
    ['level', 'missing_level'],
  ] as const;
  const found: Record<string, string> = {};
  for (const [field, reason] of names) {
    const value = record[field];
    if (value === undefined || value === null || value === '') {
      fields.drift.push({ kind: 'removed_field', field, detail: 'a field every record needs is missing' });
      return { unreadable: unreadable(fields, reason, `the field ${field} is missing`) };
    }
    if (typeof value !== 'string') {
      fields.retyped(field, 'text', value);
      return { unreadable: unreadable(fields, 'retyped_field', `the field ${field} is no text`) };
    }
    if (
      value.length > MAX_NAME_LENGTH ||
      /[\0-\x1f\x7f]/.test(value) ||
      !value.isWellFormed() ||
      (field === 'id' && /\s/.test(value))
    )
      return {
        unreadable: unreadable(
          fields,
          field === 'id' ? 'bad_id' : 'retyped_field',
          `the field ${field} is no name`,
        ),
      };
    found[field] = value;
  }
  const time = record.eventDate ?? record.eventTime;
  if (time === undefined || time === null) {
    fields.drift.push({
      kind: 'removed_field',
      field: 'eventDate',
      detail: 'neither eventDate nor eventTime is there',
    });
    return { unreadable: unreadable(fields, 'missing_time', 'the record has no time') };
  }
  const at = parseInstant(time);
  if (at === null) {
    if (typeof time !== 'string') fields.retyped('eventDate', 'text', time);
    return { unreadable: unreadable(fields, 'bad_time', 'the time of the record is no instant') };
  }
  const { id = '', serviceName = '', entityType = '', action = '', level = '' } = found;
  return { values: { id, eventDate: floorToSecond(at), service: serviceName, entityType, action, level } };
}

/** REST says `user` and `client`; the notification says `userId`, `username`, `userDisplay` and `clientId` (an object). */
function readActor(
  record: JsonObject,
  fields: FieldReader,
): { user: { id: string | null; name: string | null }; client: string | null } {
  const user = fields.object(record, 'user');
  const username = isObject(record.username) ? record.username : {};
  const id =
    fields.key(user, 'id', 'user.id') ??
    fields.key(record, 'userId') ??
    fields.key(username, 'id', 'username.id');
  const name =
    fields.text(user, 'name', 'user.name') ??
    fields.text(username, 'name', 'username.name') ??
    (typeof record.username === 'string' ? fields.text(record, 'username') : null) ??
    fields.text(record, 'userDisplay');
  const client =
    fields.key(fields.object(record, 'client'), 'id', 'client.id') ??
    (isObject(record.clientId)
      ? fields.key(record.clientId, 'id', 'clientId.id')
      : fields.key(record, 'clientId'));
  return { user: { id, name }, client };
}

function noteUnknown(record: JsonObject, fields: FieldReader): void {
  for (const key in record) {
    if (!KNOWN_FIELDS.has(key)) fields.unknown(key, record[key]);
  }
  for (const holder in KNOWN_INSIDE) {
    const inside = record[holder];
    if (!isObject(inside)) continue;
    for (const key in inside)
      if (!KNOWN_INSIDE[holder]?.has(key)) fields.unknown(`${holder}.${key}`, inside[key]);
  }
}

function unreadable(fields: FieldReader, reason: UnreadableReason, message: string): Normalised {
  return { kind: 'unreadable', reason, message, drift: fields.drift };
}
