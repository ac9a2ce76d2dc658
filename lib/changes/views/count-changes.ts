import { view } from '@/lib/auth/view';
import { RISKS } from '@/lib/kernel/words';
import type { ChangeFilter, FacetsDto } from '../contract';
import { riskOfRank } from '../model/risk/assess-risk';
import { countActors } from '../store/read/actor-counts';
import { countFacets, type Facet } from '../store/read/counts';
import { checkedFilter, searchOf } from './list-changes';

const ACTORS = 20;

/** How many changes each value of each filter has under the other filters. Exact. */
export const viewFacets = view(
  { permission: 'changes.read' },
  async ({ sql }, filter: ChangeFilter): Promise<FacetsDto> => {
    const search = await searchOf(sql, checkedFilter(filter));
    const { total, counts } = await countFacets(sql, filter, search);
    const actors = await countActors(sql, filter, { search, limit: ACTORS });
    const of = (facet: Facet) =>
      counts
        .filter((one) => one.facet === facet)
        .map((one) => ({ value: facet === 'risk' ? riskOfRank(Number(one.value)) : one.value, count: one.n }))
        .sort((a, b) =>
          facet === 'risk'
            ? rank(b.value) - rank(a.value)
            : b.count - a.count || (a.value < b.value ? -1 : 1),
        );
    return {
      total,
      facets: {
        service: of('service'),
        entityType: of('entityType'),
        action: of('action'),
        actorKind: of('actorKind'),
        risk: of('risk'),
        linkage: of('linkage'),
        planning: of('planning'),
        excluded: of('excluded'),
      },
      actors: actors.map((actor) => ({ id: actor.id, name: actor.name, kind: actor.kind, count: actor.n })),
    };
  },
);

function rank(risk: string): number {
  return RISKS.map(String).indexOf(risk);
}
