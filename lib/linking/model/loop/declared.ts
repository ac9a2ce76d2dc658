import type { Declaration } from '@/lib/connectors/model/declared-objects';
import { labelOfName, sameName, sameObject } from '../same-object';

/** A declaration with the repository it stands in. */
export type RepositoryDeclaration = Declaration & { readonly repository: string };

type Target = {
  readonly entityId: string | null;
  readonly entityType: string;
  readonly entityNames: readonly string[];
};

/** The declarations by what an object may be found by. */
export type DeclaredIndex = {
  readonly byId: ReadonlyMap<string, readonly RepositoryDeclaration[]>;
  readonly byType: ReadonlyMap<string, readonly RepositoryDeclaration[]>;
  /** Ids that each block has anywhere: an import may stand in another file than its resource. */
  readonly idsOfBlock: ReadonlyMap<string, readonly string[]>;
};

/** An index over declarations of any time. */
export function declaredIndex(declarations: readonly RepositoryDeclaration[]): DeclaredIndex {
  const byId = new Map<string, RepositoryDeclaration[]>();
  const byType = new Map<string, RepositoryDeclaration[]>();
  const idsOfBlock = new Map<string, string[]>();
  for (const one of declarations) {
    for (const id of one.ids) byId.set(bare(id), [...(byId.get(bare(id)) ?? []), one]);
    for (const type of one.entityTypes) {
      const mine = byType.get(type);
      if (mine === undefined) byType.set(type, [one]);
      else mine.push(one);
    }
    if (one.ids.length > 0)
      idsOfBlock.set(blockOf(one), [...(idsOfBlock.get(blockOf(one)) ?? []), ...one.ids]);
  }
  return { byId, byType, idsOfBlock };
}

/**
 * The declaration of an object at an instant, by its id, or by name or label among those of its type whose block gives no other id; null
 * where no repository declares it then. A declaration counts from the instant of its commit on, up to and without that of the one that ends it.
 */
export function declarationOf(
  index: DeclaredIndex,
  target: Target & { readonly at: Date },
): RepositoryDeclaration | null {
  const stands = (one: RepositoryDeclaration) =>
    one.sinceAt <= target.at && (one.untilAt === null || target.at < one.untilAt);
  if (target.entityId !== null) {
    const byId = (index.byId.get(bare(target.entityId)) ?? []).find(stands);
    if (byId !== undefined) return byId;
  }
  const named = (index.byType.get(target.entityType) ?? []).filter(
    (one) => stands(one) && namesIt(one, target.entityNames),
  );
  return (
    named.find((one) => {
      const ids = index.idsOfBlock.get(blockOf(one)) ?? [];
      return (
        target.entityId === null || ids.length === 0 || ids.some((id) => sameObject(id, target.entityId))
      );
    }) ?? null
  );
}

function namesIt(one: RepositoryDeclaration, names: readonly string[]): boolean {
  // A name that is written out is the object's name; only where none is, the label stands for it.
  return one.names.length > 0
    ? one.names.some((name) => names.some((own) => sameName(own, name)))
    : names.some((own) => labelOfName(one.label, own));
}

function blockOf(one: RepositoryDeclaration): string {
  return JSON.stringify([one.repository, one.resourceType, one.label]);
}

function bare(id: string): string {
  return id.replaceAll('-', '').trim().toLowerCase();
}

/** What a store can narrow changes down by before each is held against the index: more than it, never less. */
export type DeclaredHints = {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Labels of blocks without a written name, lower case, anything but letters and digits an underscore. */
  readonly labels: readonly string[];
};

/** The hints of declarations. */
export function hintsOf(declarations: readonly RepositoryDeclaration[]): DeclaredHints {
  return {
    ids: [...new Set(declarations.flatMap((one) => one.ids))],
    names: [...new Set(declarations.flatMap((one) => one.names))],
    labels: [
      ...new Set(
        declarations.flatMap((one) =>
          one.names.length > 0 ? [] : [one.label.toLowerCase().replace(/[^a-z0-9]+/g, '_')],
        ),
      ),
    ],
  };
}
