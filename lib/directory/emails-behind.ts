import type { Sql } from '@/lib/db/sql';
import { entityAsOf } from './find-as-of';
import { knownClients } from './known-clients';

/** Who acted, as a record tells it. */
export type ActedBy = {
  readonly orgId: string;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly at: Date;
};

/**
 * The e-mail addresses, in lower case, that the platform ever had for whoever acted and for whoever owns the OAuth client it was
 * done through. Empty where it knows none.
 */
export async function emailsBehind(sql: Sql, act: ActedBy): Promise<ReadonlySet<string>> {
  const { orgId } = act;
  const owner =
    act.clientId === null ? null : ((await knownClients(sql, orgId)).get(act.clientId)?.createdBy ?? null);
  const emails = new Set<string>();
  for (const id of new Set([act.actorId, owner])) {
    if (id === null) continue;
    const known = await entityAsOf(sql, { orgId, kind: 'user', id }, act.at);
    for (const version of known?.timeline ?? [])
      for (const email of emailsIn(version.content.item)) emails.add(email);
  }
  return emails;
}

/** The address of a person at the instant; null where the directory had none. */
export async function emailAt(
  sql: Sql,
  person: { readonly orgId: string; readonly id: string; readonly at: Date },
): Promise<{ readonly address: string; readonly name: string | null } | null> {
  const known = await entityAsOf(sql, { orgId: person.orgId, kind: 'user', id: person.id }, person.at);
  const [address] = emailsIn(known?.inForce?.content.item);
  return address === undefined ? null : { address, name: known?.name.name ?? null };
}

/** The addresses by which the platform knows a person: to write to, and to sign in with. */
function emailsIn(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  return [Reflect.get(item, 'email'), Reflect.get(item, 'username')].flatMap((value: unknown) =>
    typeof value === 'string' && value.includes('@') ? [value.trim().toLowerCase()] : [],
  );
}
