import type { Policy } from '@/lib/auth/settings/policy';
import type { Sql } from '@/lib/db/sql';
import { addressesOf } from '@/lib/directory/addresses-of';
import { privilegedHoldings } from '@/lib/directory/privileged-holdings';
import type { GenesysClient } from '@/lib/genesys/connect';
import type { PermissionPolicy } from '@/lib/genesys/model/permissions';
import { readOwnPermissions } from '@/lib/genesys/read-excess';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { DEFAULT_LIMITS, type GuardFacts, type Holding } from '../../model/response/guards';
import type { Intent } from '../../model/response/response';
import { countBegun } from '../../store/response/response-rows';
import { lackingFor, lookAtTarget, type Sight } from './look-at-target';

/** What the guards need besides the database. */
export type GuardsContext = {
  /** The way to the organisation; null where there is none from here: what only the platform can tell is not evaluated. */
  readonly genesys: GenesysClient | null;
  /** OAuth clients of this product, besides the one of `genesys`. */
  readonly ownClientIds: ReadonlySet<string>;
  /** Users that this product acts as, where an integration has one. */
  readonly ownUserIds?: ReadonlySet<string>;
};

export type ResponsePolicy = Policy['responses'];

/** All but the limits, which are counted under a lock when it is decided. */
export type Gathered = { readonly facts: Omit<GuardFacts, 'begun'>; readonly sight: Sight };

const UNREACHED: Sight = {
  changedSince: notEvaluated('the platform is not asked from here; it is asked before anything is done'),
  state: null,
};

/** Reads what the guards look at: the directory, and the platform as it is now. Outside transactions. */
export async function gatherFacts(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly intent: Intent;
    readonly policy: ResponsePolicy;
    readonly context: GuardsContext;
    readonly now: Date;
    /** Read once for many; read here when absent. */
    readonly held?: Evaluated<readonly PermissionPolicy[]>;
    readonly signal?: AbortSignal;
  },
): Promise<Gathered> {
  const { orgId, intent, policy, context, now } = asked;
  const { genesys } = context;
  const options = asked.signal === undefined ? {} : { signal: asked.signal };
  const sight = genesys === null ? UNREACHED : await lookAtTarget(genesys, intent, options);
  const held = asked.held ?? (await heldBy(genesys, options));
  return {
    sight,
    facts: {
      intent,
      breakGlass: policy?.breakGlass ?? [],
      addresses: await addressesOfTarget(sql, orgId, intent),
      ownClientIds: new Set([...context.ownClientIds, ...(genesys === null ? [] : [genesys.clientId])]),
      ownUserIds: context.ownUserIds ?? new Set(),
      holdings: await holdingsOf(sql, { orgId, intent, now }),
      limits: policy?.limits ?? DEFAULT_LIMITS,
      changedSince: sight.changedSince,
      lacking: lackingFor(intent, held),
    },
  };
}

/** What is known of a target without looking: for what happened long before it was found, about which nothing is done. */
export function factsOfHistory(of: {
  readonly intent: Intent;
  readonly policy: ResponsePolicy;
  readonly context: GuardsContext;
}): Gathered {
  const history = notEvaluated<never>('it is history, and nothing is done about it');
  return {
    sight: { changedSince: history, state: null },
    facts: {
      intent: of.intent,
      breakGlass: of.policy?.breakGlass ?? [],
      addresses: history,
      ownClientIds: of.context.ownClientIds,
      ownUserIds: of.context.ownUserIds ?? new Set(),
      holdings: history,
      limits: of.policy?.limits ?? DEFAULT_LIMITS,
      changedSince: history,
      lacking: history,
    },
  };
}

/** The permissions of our own client, or why they are not known. */
export async function heldBy(
  genesys: GenesysClient | null,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Evaluated<readonly PermissionPolicy[]>> {
  if (genesys === null) return notEvaluated('the platform is not asked from here');
  return readOwnPermissions(genesys, options);
}

/** How many responses have begun in the last hour and day. Under `lockBeginnings`, or another may begin meanwhile. */
export function countBegunAt(
  sql: Sql,
  of: {
    readonly orgId: string;
    readonly now: Date;
    readonly exceptId?: string;
    /** Those approved by policy and not begun yet take a place as well. */
    readonly approvedToo?: boolean;
  },
): Promise<GuardFacts['begun']> {
  return countBegun(sql, {
    orgId: of.orgId,
    hourAgo: addMs(of.now, -HOUR_MS),
    dayAgo: addMs(of.now, -DAY_MS),
    exceptId: of.exceptId ?? null,
    approvedToo: of.approvedToo ?? false,
  });
}

/** A client is on the break-glass list by its id alone: its maker's address exempts the maker. */
async function addressesOfTarget(
  sql: Sql,
  orgId: string,
  intent: Intent,
): Promise<Evaluated<readonly string[]>> {
  if (intent.kind === 'disable_client') return known([]);
  const { id, type } = intent.target;
  if (intent.kind === 'move_back' && type.toLowerCase() !== 'user') return known([]);
  const found = (await addressesOf(sql, orgId, [id])).get(id);
  return found === undefined ? notEvaluated('the directory does not know this person') : known(found);
}

async function holdingsOf(
  sql: Sql,
  of: { orgId: string; intent: Intent; now: Date },
): Promise<Evaluated<readonly Holding[]>> {
  if (of.intent.kind !== 'deactivate_user' || of.intent.undoOf !== null) return known([]);
  const held = await privilegedHoldings(sql, { orgId: of.orgId, userId: of.intent.target.id, now: of.now });
  if (held.kind === 'not_evaluated') return held;
  return known(held.value.map(({ roleId, roleName, others }) => ({ role: roleName ?? roleId, others })));
}
