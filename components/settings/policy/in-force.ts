import type { SettingDto } from '@/lib/auth/contract';

/**
 * The settings that hold anywhere. The installation's own yields to an organisation's, so where each organisation has
 * one of its own the installation's holds nowhere; it stands in the history still.
 */
export function inForce(items: readonly SettingDto[], orgIds: readonly string[]): readonly SettingDto[] {
  const own = new Set(items.map(({ orgId, name }) => `${orgId ?? ''}|${name}`));
  return items.filter(
    ({ orgId, name }) =>
      orgId !== null || orgIds.length === 0 || !orgIds.every((id) => own.has(`${id}|${name}`)),
  );
}
