export const SOURCES_PATH = '/api/v1/settings/sources';
export const USERS_PATH = '/api/v1/users';
export const API_KEYS_PATH = '/api/v1/api-keys';
export const SETTINGS_PATH = '/api/v1/settings';
export const RISK_RULES_PATH = '/api/v1/high-risk-rules';
export const TAGS_PATH = '/api/v1/settings/divisions';
export const WINDOWS_PATH = '/api/v1/change-windows';

/** The API's address of one change window. */
export function windowPath(id: string): string {
  return `${WINDOWS_PATH}/${encodeURIComponent(id)}`;
}
