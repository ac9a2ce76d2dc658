import { env } from '@/lib/env/env';
import type { SourceDto } from '../contract';
import { environmentSources, type SourceEnvironment } from '../settings/environment-sources';
import type { SourceConfig } from '../settings/source-config';
import { SOURCE_KINDS, type SourceKind, secretFields } from '../settings/source-kinds';
import { listSourceRows, type SourceRow } from '../store/source-rows';
import { view } from '../view';
import { toIso } from './iso';

/** Every source: what the environment sets, then the stored ones, with which secrets are set and never what they are. */
export const readSources = view<{ env?: SourceEnvironment }, { items: SourceDto[]; nextCursor: null }>(
  { permission: 'settings.read', journal: () => ({ action: 'sources.viewed', detail: {} }) },
  async ({ sql }, input) => {
    const fixed = environmentSources(input.env ?? env()).map(fromEnvironment);
    const stored = (await listSourceRows(sql)).flatMap((row) => toSourceDto(row) ?? []);
    return { items: [...fixed, ...stored], nextCursor: null };
  },
);

/** A stored source for people; null for a kind this version does not know. */
export function toSourceDto(row: SourceRow): SourceDto | null {
  const kind = kindOf(row.kind);
  if (!kind) return null;
  const { says, config } = SOURCE_KINDS[kind];
  const { required, optional } = secretFields(kind);
  const fields = [...required, ...optional].map((field) => ({
    field,
    set: row.secretsSet[field] !== undefined,
    setAt: row.secretsSet[field] ?? null,
  }));
  return {
    id: row.id,
    origin: 'settings',
    kind,
    says,
    name: row.name,
    orgId: row.orgId,
    state: row.state,
    complete:
      config.safeParse(row.config).success &&
      fields.every(({ field, set }) => set || optional.includes(field)),
    config: { ...Object(row.config) },
    secrets: fields,
    updatedAt: toIso(row.updatedAt),
  };
}

function fromEnvironment(source: SourceConfig): SourceDto {
  const { id, origin, name, orgId, kind } = source;
  const { says } = SOURCE_KINDS[kind];
  const { required, optional } = secretFields(kind);
  const fields = [...required, ...optional];
  const shown = Object.entries(source)
    .filter(
      ([key, value]) => !['id', 'origin', 'name', 'orgId', 'kind', ...fields].includes(key) && value !== null,
    )
    .map(([key, value]) => [key, withoutCredentials(value)]);
  return {
    id,
    origin,
    kind,
    says,
    name,
    orgId,
    state: 'active',
    complete: true,
    config: Object.fromEntries(shown),
    secrets: fields.map((field) => ({
      field,
      set:
        required.includes(field) ||
        Object.entries(source).some(([key, value]) => key === field && value !== null),
      setAt: null,
    })),
    updatedAt: null,
  };
}

/** An address without the password it may carry. */
function withoutCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCredentials);
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const url = new URL(value);
  if (url.password === '' && !/^https?:$/.test(url.protocol)) return value;
  url.password = '';
  if (/^https?:$/.test(url.protocol)) url.username = '';
  return url.href;
}

function kindOf(kind: string): SourceKind | undefined {
  return Object.keys(SOURCE_KINDS).find((name): name is SourceKind => name === kind);
}
