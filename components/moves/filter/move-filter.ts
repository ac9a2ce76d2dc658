import { setValues } from '@/components/url/list-params';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { ADDRESS_FLAGS, REVIEW_STATES } from '@/lib/divisions/contract';
import { LINKAGES, SOURCES } from '@/lib/kernel/words';

/** Under this name the address of the list carries the move that lies open beside it. */
export const OPEN_MOVE = 'move';

/** The filters of the list of division moves, as its address spells them; several values by repetition. */
export const MOVE_FILTERS = [
  'self',
  'boundary',
  'restricted',
  'review',
  'linkage',
  'address',
  'source',
  'type',
  'division',
  'actor',
] as const;
export type MoveFilterName = (typeof MOVE_FILTERS)[number];

/** Filters with a fixed list of words; a value outside it is dropped rather than sent. */
const KNOWN: Partial<Record<MoveFilterName, readonly string[]>> = {
  self: ['true', 'false'],
  boundary: ['cross', 'same', 'not_evaluated'],
  restricted: ['true', 'false'],
  review: REVIEW_STATES,
  linkage: LINKAGES,
  address: ADDRESS_FLAGS,
  source: SOURCES,
};
/** These take one value. */
const SINGLE: readonly MoveFilterName[] = ['self', 'restricted'];

export type MoveFilterState = {
  readonly values: Readonly<Record<MoveFilterName, readonly string[]>>;
  readonly q: string;
  /** Id of the moved object. */
  readonly target: string | null;
  readonly session: string | null;
  readonly sort: 'newest' | 'oldest';
};

export function readMoveFilter(params: URLSearchParams): MoveFilterState {
  const read = (name: MoveFilterName) => valuesOf(params, name);
  return {
    values: {
      self: read('self'),
      boundary: read('boundary'),
      restricted: read('restricted'),
      review: read('review'),
      linkage: read('linkage'),
      address: read('address'),
      source: read('source'),
      type: read('type'),
      division: read('division'),
      actor: read('actor'),
    },
    q: (params.get('q') ?? '').trim().slice(0, 200),
    target: params.get('target'),
    session: params.get('session'),
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
  };
}

function valuesOf(params: URLSearchParams, name: MoveFilterName): string[] {
  const known = KNOWN[name];
  const given = [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length <= 200);
  const valid = known === undefined ? given : given.filter((value) => known.includes(value));
  return SINGLE.includes(name) ? valid.slice(0, 1) : valid;
}

/** What the API is asked: the filter within the page's organisations and period. */
export function moveQuery(filter: MoveFilterState, scope: PageScope) {
  return {
    ...scopeQuery(scope),
    ...filter.values,
    q: filter.q,
    target: filter.target,
    session: filter.session,
  };
}

/** Every filter taken out; organisation, period and sort stay. */
export function clearMoveFilters(params: URLSearchParams): URLSearchParams {
  const names = [...MOVE_FILTERS, 'q', 'target', 'session'];
  return setValues(params, OPEN_MOVE, Object.fromEntries(names.map((name) => [name, []])));
}

export function isMoveFiltered(filter: MoveFilterState): boolean {
  return (
    filter.q !== '' ||
    filter.target !== null ||
    filter.session !== null ||
    MOVE_FILTERS.some((name) => filter.values[name].length > 0)
  );
}

/** A question asked often, and the filter that answers it: the figures of the head are its doors. */
export type MoveQuestion = { readonly name: MoveFilterName; readonly values: readonly string[] };

export const MOVE_QUESTIONS = {
  self: { name: 'self', values: ['true'] },
  across: { name: 'boundary', values: ['cross'] },
  boundaryUnknown: { name: 'boundary', values: ['not_evaluated'] },
  restricted: { name: 'restricted', values: ['true'] },
  pending: { name: 'review', values: ['pending'] },
  overdue: { name: 'review', values: ['overdue'] },
  noReason: { name: 'linkage', values: ['unlinked'] },
  flaggedAddress: { name: 'address', values: ADDRESS_FLAGS },
  unaudited: { name: 'source', values: ['snapshot_diff'] },
} as const satisfies Record<string, MoveQuestion>;

export function isAsked(filter: MoveFilterState, question: MoveQuestion): boolean {
  const set = filter.values[question.name];
  return set.length === question.values.length && question.values.every((value) => set.includes(value));
}

/** Sets the question's filter, or takes it out when it is set. */
export function askQuestion(params: URLSearchParams, question: MoveQuestion): URLSearchParams {
  const asked = isAsked(readMoveFilter(params), question);
  return setValues(params, OPEN_MOVE, { [question.name]: asked ? [] : question.values });
}
