/** The columns of the list of changes. `what` answers what happened and always stays. */
export const COLUMN_IDS = [
  'what',
  'when',
  'linkage',
  'planning',
  'risk',
  'who',
  'object',
  'action',
  'from',
  'received',
  'source',
  'reason',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const COLUMN_WORDS = {
  what: 'What happened',
  when: 'When',
  linkage: 'Authorisation',
  planning: 'Planning',
  risk: 'Risk',
  who: 'Who',
  object: 'Service and type',
  action: 'Action',
  from: 'From address',
  received: 'Received',
  source: 'How it came',
  reason: 'Why this verdict',
} as const satisfies Record<ColumnId, string>;

export const DEFAULT_COLUMNS: readonly ColumnId[] = ['what', 'when', 'linkage', 'planning', 'risk'];

/** The columns to show, in order: what the address says, else what this browser remembers, else the usual ones. */
export function readColumns(address: string | null, stored: string | null): readonly ColumnId[] {
  return parse(address) ?? parse(stored) ?? DEFAULT_COLUMNS;
}

/** As it stands in the address; null for the usual columns, so that the usual address stays short. */
export function writeColumns(columns: readonly ColumnId[]): string | null {
  const text = columns.join(',');
  return text === DEFAULT_COLUMNS.join(',') ? null : text;
}

/** Shows or hides a column; a new one goes to the end. `what` cannot be hidden. */
export function toggleColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  if (id === 'what') return columns;
  return columns.includes(id) ? columns.filter((one) => one !== id) : [...columns, id];
}

/** Moves a column one place; `what` keeps the first. */
export function moveColumn(columns: readonly ColumnId[], id: ColumnId, by: -1 | 1): readonly ColumnId[] {
  const at = columns.indexOf(id);
  const to = at + by;
  if (at < 1 || to < 1 || to >= columns.length) return columns;
  const next = [...columns];
  next.splice(at, 1);
  next.splice(to, 0, id);
  return next;
}

function parse(text: string | null): readonly ColumnId[] | null {
  if (text === null || text === '') return null;
  const known = COLUMN_IDS.filter((id) => id !== 'what');
  const asked = [...new Set(text.split(','))].flatMap((name) => known.find((id) => id === name) ?? []);
  return asked.length === 0 ? null : ['what', ...asked];
}
