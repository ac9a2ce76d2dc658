/** Words under which platforms hand out secrets; such a member is never stored, at any depth. */
const SECRET_NAME =
  /^(secret|client_?secret|api_?key|password|passphrase|private_?key|access_?token|refresh_?token|credentials?|shared_?secret|authorization_?header)$/i;
/** HTTP header names whose values are secrets unless they are a reference such as `${credentials.token}`. */
const SECRET_HEADER = /authorization|api-?key|token|secret|cookie/i;
const HEADER_REFERENCE = /^[^$]*\$!?\{[^}]+\}\s*$/;
const NOT_STORED = '(not stored)';

/** Members that move without anything being changed: addresses, counters, presence, the health of a line. At the top level. */
const TOP_NOISE = new Set([
  'version',
  'selfUri',
  'etag',
  'dateModified',
  'modifiedBy',
  'modifiedByApp',
  'lastTokenIssued',
  'dateLastLogin',
  'presence',
  'integrationPresence',
  'routingStatus',
  'conversationSummary',
  'outOfOffice',
  'geolocation',
  'station',
  'objectCounts',
  'memberCount',
  'joinedMemberCount',
  'userMemberCount',
  'userCount',
  'connectedStatus',
  'trunkBaseConnectionState',
  'lockedUser',
  'lockedClient',
  'currentOperation',
  'images',
  'chat',
]);
const MAX_DEPTH = 30;

/**
 * The object as it is kept and compared: no secrets, no noise, references to other things by id alone (a renamed division
 * changes the division, not 60,000 users), lists of words and of objects with ids in a fixed order, text well-formed.
 */
export function stripItem(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    if (TOP_NOISE.has(name)) continue;
    const stripped = strip(name, value, 1);
    if (stripped !== undefined) kept[name] = stripped;
  }
  return kept;
}

/** Text that PostgreSQL and canonical JSON can hold: no lone surrogate and no NUL. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

function strip(name: string, value: unknown, depth: number): unknown {
  if (SECRET_NAME.test(name) || value === null || value === undefined) return undefined;
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || depth > MAX_DEPTH) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return stripList(name, value, depth);
  return stripObject(name, value, depth);
}

function stripObject(name: string, value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value);
  const isReference = members.some(([key, id]) => key === 'id' && typeof id === 'string' && id !== '');
  const kept: Record<string, unknown> = {};
  for (const [key, member] of members) {
    if (key === 'selfUri' || (isReference && key === 'name')) continue;
    const stripped = /^headers$/i.test(name) ? stripHeader(key, member) : strip(key, member, depth + 1);
    if (stripped !== undefined) kept[storableText(key)] = stripped;
  }
  return kept;
}

function stripHeader(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  return SECRET_HEADER.test(name) && !HEADER_REFERENCE.test(value) ? NOT_STORED : storableText(value);
}

function stripList(name: string, list: readonly unknown[], depth: number): unknown[] {
  const kept = list.map((member) => strip(name, member, depth + 1)).filter((member) => member !== undefined);
  if (kept.every((member) => typeof member === 'string')) return kept.sort();
  if (kept.every(hasId)) return kept.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return kept;
}

function hasId(value: unknown): value is { id: string } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
