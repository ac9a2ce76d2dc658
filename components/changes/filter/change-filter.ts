import { setValues, toggleValue } from '@/components/url/list-params';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import { parseInstant, toIso } from '@/lib/kernel/instant';
import { ACTOR_KINDS, EXCLUSIONS, LINKAGES, PLANNINGS, RISKS, SOURCES } from '@/lib/kernel/words';

/** The filters of the list of changes, as its address spells them; several values by repetition. */
export const FILTER_NAMES = [
  'linkage',
  'risk',
  'riskRule',
  'planning',
  'actorKind',
  'service',
  'entityType',
  'action',
  'actor',
  'entity',
  'source',
  'excluded',
  'division',
  'team',
  'bypass',
  'excuse',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

/** Filters with a fixed list of words; a value outside it is dropped rather than sent. */
const KNOWN: Partial<Record<FilterName, readonly string[]>> = {
  linkage: LINKAGES,
  risk: RISKS,
  planning: PLANNINGS,
  actorKind: ACTOR_KINDS,
  source: SOURCES,
  excluded: EXCLUSIONS,
  bypass: ['true', 'false'],
};

export type ChangeFilterState = {
  readonly values: Readonly<Record<FilterName, readonly string[]>>;
  readonly q: string;
  /** `true`: accountable changes, the default; `false`: only what is hidden then; `all`: both. */
  readonly accountable: 'true' | 'false' | 'all';
  readonly sort: 'newest' | 'oldest';
  readonly session: string | null;
  /** Only what had been received by then, its linkage as it stood: how a past rate opens its rows. */
  readonly asOf: string | null;
};

export function readChangeFilter(params: URLSearchParams): ChangeFilterState {
  const values = Object.fromEntries(
    FILTER_NAMES.map((name) => [name, valuesOf(params, name)]),
  ) satisfies Record<string, readonly string[]>;
  const asked = params.get('accountable');
  const excluded = values.excluded ?? [];
  return {
    values: {
      linkage: values.linkage ?? [],
      risk: values.risk ?? [],
      riskRule: values.riskRule ?? [],
      planning: values.planning ?? [],
      actorKind: values.actorKind ?? [],
      service: values.service ?? [],
      entityType: values.entityType ?? [],
      action: values.action ?? [],
      actor: values.actor ?? [],
      entity: values.entity ?? [],
      source: values.source ?? [],
      excluded,
      division: values.division ?? [],
      team: values.team ?? [],
      // Both would ask for everything.
      bypass: (values.bypass ?? []).slice(0, 1),
      excuse: values.excuse ?? [],
    },
    q: (params.get('q') ?? '').trim().slice(0, 200),
    // Whoever asks for excluded records wants to see them.
    accountable:
      asked === 'all' || asked === 'false'
        ? asked
        : excluded.length > 0 || (values.excuse ?? []).length > 0
          ? 'all'
          : 'true',
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    session: params.get('session'),
    asOf: readAsOf(params),
  };
}

/** The instant that the address counts as of; null where it names none. */
export function readAsOf(params: URLSearchParams): string | null {
  const at = parseInstant(params.get('asOf'));
  return at === null ? null : toIso(at);
}

function valuesOf(params: URLSearchParams, name: FilterName): string[] {
  const known = KNOWN[name];
  const given = [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length <= 200);
  return known === undefined ? given : given.filter((value) => known.includes(value));
}

/** What the API is asked: the filter within the page's organisations and period. */
export function changeQuery(filter: ChangeFilterState, scope: PageScope) {
  return {
    ...scopeQuery(scope),
    ...filter.values,
    q: filter.q,
    session: filter.session,
    asOf: filter.asOf,
    accountable: filter.accountable === 'all' ? null : filter.accountable,
  };
}

/** The same question without its accountability: to count what the default hides. */
export function hiddenQuery(filter: ChangeFilterState, scope: PageScope) {
  return { ...changeQuery(filter, scope), accountable: 'false' };
}

/** Adds the value to its filter, or takes it out when it is there. Paging starts again and the open change closes. */
export function toggleFilter(params: URLSearchParams, name: FilterName, value: string): URLSearchParams {
  return toggleValue(params, 'change', name, value);
}

export function setFilter(params: URLSearchParams, name: string, values: readonly string[]): URLSearchParams {
  return setValues(params, 'change', { [name]: values });
}

/** Every filter taken out; organisation, period, sort and columns stay. */
export function clearFilters(params: URLSearchParams): URLSearchParams {
  const names = [...FILTER_NAMES, 'q', 'accountable', 'session', 'asOf'];
  return setValues(params, 'change', Object.fromEntries(names.map((name) => [name, []])));
}

/** Whether anything but the default is asked for. */
export function isFiltered(filter: ChangeFilterState): boolean {
  return (
    filter.q !== '' ||
    filter.session !== null ||
    filter.asOf !== null ||
    filter.accountable !== 'true' ||
    FILTER_NAMES.some((name) => filter.values[name].length > 0)
  );
}

/** The chips above the list: the questions asked most. `sets` is what the chip presses in and out. */
export const QUICK_CHIPS = [
  { id: 'unlinked', word: 'Unlinked', name: 'linkage', values: ['unlinked'] },
  { id: 'ad_hoc', word: 'Ad-hoc', name: 'planning', values: ['ad_hoc'] },
  { id: 'deletes', word: 'Deletes', name: 'action', values: ['Delete'] },
  { id: 'high', word: 'High risk', name: 'risk', values: ['high', 'critical'] },
  { id: 'high_impact', word: 'High-impact services', name: 'service', values: HIGH_IMPACT_SERVICES },
  { id: 'bypass', word: 'Past the pipeline', name: 'bypass', values: ['true'] },
] as const satisfies readonly {
  readonly id: string;
  readonly word: string;
  readonly name: FilterName;
  readonly values: readonly string[];
}[];
export type QuickChip = (typeof QUICK_CHIPS)[number];

export function isPressed(filter: ChangeFilterState, chip: QuickChip): boolean {
  const set = filter.values[chip.name];
  return set.length === chip.values.length && chip.values.every((value) => set.includes(value));
}

export function pressChip(params: URLSearchParams, chip: QuickChip): URLSearchParams {
  const pressed = isPressed(readChangeFilter(params), chip);
  return setFilter(params, chip.name, pressed ? [] : chip.values);
}
