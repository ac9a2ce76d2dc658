import { env } from '@/lib/env/env';
import type { SettingDto, SettingsDto } from '../contract';
import { listSettings, type SettingVersion } from '../store/setting-rows';
import { view } from '../view';
import { toIso } from './iso';

const HISTORY_LIMIT = 500;
/** Variables whose values hold no secret and help to understand what is running. */
const SHOWN = [
  'PUBLIC_URL',
  'PORT',
  'PROXY_PORT',
  'HOST',
  'GENESYS_REGION',
  'OIDC_ISSUER',
  'LOG_LEVEL',
  'POLICY_FILE',
] as const;

/** Settings as they are in force, their history, and what the environment decides. */
export const readSettings = view<void, SettingsDto>({ permission: 'settings.read' }, async ({ sql, now }) => {
  const history = await listSettings(sql, { limit: HISTORY_LIMIT });
  const items = new Map<string, SettingDto>();
  for (const version of history) {
    const place = `${version.orgId ?? ''}|${version.name}`;
    if (version.validFrom <= now && !items.has(place)) items.set(place, toSettingDto(version));
  }
  return {
    items: [...items.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    history: history.map(toSettingDto),
    environment: environmentShown(),
  };
});

function environmentShown(): SettingsDto['environment'] {
  const settings = env();
  return [...settings.set].sort().map((variable) => {
    const shown = SHOWN.find((name) => name === variable);
    const value = shown ? settings[shown] : undefined;
    return { variable, value: value === undefined ? null : String(value) };
  });
}

function toSettingDto(version: SettingVersion): SettingDto {
  const { id, name, orgId, value, origin, setBy } = version;
  return { id, name, orgId, value, origin, setBy, validFrom: toIso(version.validFrom) };
}
