/** The order of the rooms is the order of the data (design 4). A room imports only rooms above it. */
export const ROOMS = [
  'kernel',
  'env',
  'log',
  'db',
  'vault',
  'typeset',
  'queue',
  'lake',
  'ledger',
  'journal',
  'auth',
  'genesys',
  'connectors',
  'directory',
  'changes',
  'sessions',
  'linking',
  'divisions',
  'access',
  'reads',
  'findings',
  'controls',
  'detections',
  'exceptions',
  'alerts',
  'evidence',
] as const;

/** `env` and `log` share one place in the order, but log may read env. */
export function rankOf(room: string): number {
  return ROOMS.indexOf(room as (typeof ROOMS)[number]);
}

/** Folders at the top level that the customer fixed; tool configuration and dotfiles stand beside them. */
export const SOURCE_FOLDERS = ['app', 'components', 'prisma', 'workers', 'lib', 'e2e', 'public'] as const;
