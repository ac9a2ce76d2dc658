import { apiPath } from '@/components/api/api-key';

export const SOURCES_PATH = '/api/v1/settings/sources';
export const USERS_PATH = '/api/v1/users';
export const API_KEYS_PATH = '/api/v1/api-keys';
export const SETTINGS_PATH = '/api/v1/settings';
export const TAGS_PATH = '/api/v1/settings/divisions';

/** The divisions of the organisations chosen, with their tags. */
export function divisionTagsPath(orgs: readonly string[]): string {
  return apiPath(TAGS_PATH, { org: orgs });
}
