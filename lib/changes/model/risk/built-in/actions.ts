export const REMOVALS = ['Delete', 'BulkDelete', 'HardDelete', 'SoftDelete', 'DeleteAll', 'Purge'] as const;
export const GRANTS = ['MemberAdd', 'MemberUpdate'] as const;
