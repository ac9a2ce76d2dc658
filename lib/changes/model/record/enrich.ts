import { LOOKUP_REACH_MS, type NameAt } from '@/lib/directory/model/name-at';
import { addMs, toIso } from '@/lib/kernel/instant';
import type { ActorKind, DirectoryKind, Exclusion } from '@/lib/kernel/words';
import { assessRisk, type RiskContext, rankOf } from '../risk/assess-risk';
import { idsIn } from '../risk/members';
import type { ReadyRule } from '../risk/rule-book';
import type { NormalisedChange } from './change';

/** An id in a record that may have a name; the kind where the place in the record tells it. */
export type Ref = { readonly id: string; readonly kind?: DirectoryKind };

/** A name as the row keeps it, under its id. */
export type KeptName = {
  readonly name: string;
  readonly from: NameAt['from'];
  readonly knownFrom: string | null;
};

export type Enrichment = {
  readonly actorLabel: string | null;
  readonly entityLabel: string | null;
  readonly names: Readonly<Record<string, KeptName>>;
  /** Whether some id has no name yet: asked again when the directory knows more. */
  readonly namesPending: boolean;
  readonly divisionId: string | null;
  /** Department of the person who acted, as known at the event; null when it was not, and for whoever is no person. */
  readonly team: string | null;
  /** 1 low to 4 critical. */
  readonly risk: number;
  readonly riskReasons: readonly string[];
  /** Marks of the rules behind the reasons, in their order. */
  readonly riskRules: readonly string[];
};

/** Ids beyond this many in one record stay ids: a bulk record may list thousands. */
const MAX_REFS = 60;

const KIND_OF_ENTITY: Readonly<Record<string, DirectoryKind>> = {
  User: 'user',
  AuthUser: 'user',
  AgentRoutingInfo: 'user',
  Role: 'role',
  DirectoryGroup: 'group',
  Queue: 'queue',
  RoutingSkill: 'skill',
  Flow: 'flow',
  OAuthClient: 'oauth_client',
  Integration: 'integration',
  Action: 'data_action',
  Trunk: 'trunk',
};

/** The directory's kind for an entity type, where there is one. */
export function directoryKindOf(entityType: string): DirectoryKind | undefined {
  return KIND_OF_ENTITY[entityType];
}

/** Every id of a record that could have a name: actor, client, target, and ids in names, properties and values; each once. */
export function refsOf(change: NormalisedChange): Ref[] {
  const refs = new Map<string, Ref>();
  const add = (id: string | null | undefined, kind?: DirectoryKind): void => {
    if (id && !refs.has(id) && refs.size < MAX_REFS) refs.set(id, kind ? { id, kind } : { id });
  };
  add(change.actorId, change.userId === null && change.clientId !== null ? 'oauth_client' : undefined);
  add(change.clientId, 'oauth_client');
  add(change.entityId, KIND_OF_ENTITY[change.entityType]);
  if (change.entityName !== null) for (const id of idsIn(change.entityName)) add(id);
  for (const property of change.propertyChanges) {
    for (const id of idsIn(property.property)) add(id);
    for (const value of property.oldValues) for (const id of idsIn(value)) add(id);
    for (const value of property.newValues) for (const id of idsIn(value)) add(id);
  }
  add(change.context.userid, 'user');
  return [...refs.values()];
}

/**
 * Names, division and risk of one change as of its event. A snapshot in force names first; then the record's own word, which
 * is of the same moment; then what the directory knows from before; last the actor's name as the platform told it later.
 */
export function enrich(
  change: NormalisedChange,
  known: {
    readonly actorKind: ActorKind;
    readonly excludedReason: Exclusion | null;
    readonly nameOf: (ref: Ref) => NameAt | null;
    readonly risk: Pick<RiskContext, 'isPrivilegedRole' | 'isRestrictedDivision' | 'newAddress'> & {
      /** Those that judge a change of this instant. */
      readonly rules: readonly ReadyRule[];
    };
    readonly refs?: readonly Ref[];
    readonly team?: string | null;
    /** When the record was read; absent: at its own moment. */
    readonly toldAt?: Date;
  },
): Enrichment {
  const refs = known.refs ?? refsOf(change);
  const names: Record<string, KeptName> = {};
  let namesPending = false;
  let divisionId: string | null = null;
  for (const ref of refs) {
    const found = known.nameOf(ref);
    if (found !== null && ref.id === change.entityId) divisionId = found.divisionId;
    const kept = best(found, recordsOwnName(change, ref.id), actorAsTold(change, ref.id, known.toldAt));
    if (kept === null) namesPending = true;
    else
      Object.defineProperty(names, ref.id, {
        value: kept,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  const { actorKind, excludedReason } = known;
  const { risk, reasons, rules } = assessRisk(
    change,
    { ...known.risk, actorKind, excludedReason, divisionId },
    known.risk.rules,
  );
  return {
    actorLabel: labelOf(names, change.actorId) ?? change.actorName,
    entityLabel: labelOf(names, change.entityId) ?? ownEntityName(change),
    names,
    namesPending,
    divisionId,
    team: known.team ?? null,
    risk: rankOf(risk),
    riskReasons: reasons,
    riskRules: rules,
  };
}

/** What excusing reads of an enrichment: the risk, and what the actor and its client were called. */
export function judgedBy(
  change: NormalisedChange,
  enrichment: Pick<Enrichment, 'risk' | 'actorLabel' | 'names'>,
): { readonly risk: number; readonly actorNames: readonly (string | null)[] } {
  return {
    risk: enrichment.risk,
    actorNames: [enrichment.actorLabel, labelOf(enrichment.names, change.clientId)],
  };
}

function labelOf(names: Readonly<Record<string, KeptName>>, id: string | null): string | null {
  return id !== null && Object.hasOwn(names, id) ? (names[id]?.name ?? null) : null;
}

function best(found: NameAt | null, own: string | null, actor: KeptName | null): KeptName | null {
  if (found?.name != null && (found.from === 'snapshot' || (own === null && actor?.from !== 'record')))
    return { name: found.name, from: found.from, knownFrom: found.knownFrom };
  return own === null ? actor : { name: own, from: 'record', knownFrom: null };
}

function recordsOwnName(change: NormalisedChange, id: string): string | null {
  return id === change.entityId ? ownEntityName(change) : null;
}

/**
 * The actor's name is not part of the record: the platform adds it when the record is read. Read at once it is the name of the
 * moment; read later it is what the platform answered then, and says so.
 */
function actorAsTold(change: NormalisedChange, id: string, toldAt: Date | undefined): KeptName | null {
  if (id !== change.actorId || change.userId === null || change.actorName === null) return null;
  const name = change.actorName;
  return toldAt === undefined || toldAt <= addMs(change.eventDate, LOOKUP_REACH_MS)
    ? { name, from: 'record', knownFrom: null }
    : { name, from: 'platform_lookup', knownFrom: toIso(toldAt) };
}

/** The target's name as the record gives it; a composite of ids is no name. A renaming tells what the thing was called until then. */
function ownEntityName(change: NormalisedChange): string | null {
  const name = change.entityName;
  const isName = name !== null && name.trim() !== '' && !(name.includes('--') && idsIn(name).length > 1);
  if (isName) return name;
  if (change.action !== 'Update') return null;
  const before = change.propertyChanges.find((one) => one.property === 'name')?.oldValues[0];
  return before === undefined || before.trim() === '' ? null : before;
}
