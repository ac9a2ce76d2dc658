import type { SourceDto } from '@/lib/auth/contract';

export type SourceKind = SourceDto['kind'];

/** One thing a source is asked for. `list`: one value a line. `secret`: written, never shown again. */
export type SourceField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly as: 'text' | 'list' | 'secret';
  readonly required: boolean;
};

export const SOURCE_KIND_WORDS = {
  genesys: 'Genesys Cloud organisation',
  jira: 'Jira site',
  servicenow: 'ServiceNow instance',
  git: 'Git repositories',
  github: 'GitHub',
  gitlab: 'GitLab',
  hris: 'HR export',
} as const satisfies Record<SourceKind, string>;

/** The form of each kind. What a value has to look like is the server's to say; its answer is shown at the field. */
export const SOURCE_FIELDS = {
  genesys: [
    {
      name: 'region',
      label: 'Region',
      hint: 'Such as mypurecloud.ie; or give a gateway',
      as: 'text',
      required: false,
    },
    {
      name: 'gatewayUrl',
      label: 'Gateway',
      hint: 'An address in front of the API, instead of a region',
      as: 'text',
      required: false,
    },
    {
      name: 'clientId',
      label: 'OAuth client id',
      hint: 'A client of the client-credentials grant with the audit permission only',
      as: 'text',
      required: true,
    },
    { name: 'clientSecret', label: 'OAuth client secret', as: 'secret', required: true },
    {
      name: 'responderClientId',
      label: 'Client for responses',
      hint: 'A client of its own that may deactivate people and disable clients; without it the one above is tried',
      as: 'text',
      required: false,
    },
    {
      name: 'responderClientSecret',
      label: 'Its secret',
      as: 'secret',
      required: false,
    },
  ],
  jira: [
    {
      name: 'baseUrl',
      label: 'Address of the site',
      hint: 'https://example.atlassian.net',
      as: 'text',
      required: true,
    },
    { name: 'email', label: 'E-mail of the account', as: 'text', required: true },
    { name: 'apiToken', label: 'API token', as: 'secret', required: true },
  ],
  servicenow: [
    {
      name: 'baseUrl',
      label: 'Address of the instance',
      hint: 'https://example.service-now.com',
      as: 'text',
      required: true,
    },
    { name: 'user', label: 'User', as: 'text', required: true },
    { name: 'password', label: 'Password', as: 'secret', required: true },
  ],
  git: [
    {
      name: 'repositories',
      label: 'Repositories',
      hint: 'One address a line: https, ssh or git@host:path',
      as: 'list',
      required: true,
    },
  ],
  github: [
    {
      name: 'apiUrl',
      label: 'Address of the API',
      hint: 'https://api.github.com, or https://<host>/api/v3 of an Enterprise Server; repositories on it are asked for reviews',
      as: 'text',
      required: true,
    },
    {
      name: 'token',
      label: 'Token',
      hint: 'May read repositories and pull requests',
      as: 'secret',
      required: true,
    },
  ],
  gitlab: [
    {
      name: 'baseUrl',
      label: 'Address of the instance',
      hint: 'https://gitlab.com; repositories on it are asked for reviews',
      as: 'text',
      required: true,
    },
    { name: 'token', label: 'Token', hint: 'With the scope read_api', as: 'secret', required: true },
  ],
  hris: [
    {
      name: 'location',
      label: 'Address of the export',
      hint: 'CSV or JSON over https',
      as: 'text',
      required: true,
    },
  ],
} as const satisfies Record<SourceKind, readonly SourceField[]>;

export type SourceForm = Readonly<Record<string, string>>;

/** What is sent for a filled form. Empty values are left out: an empty secret stays as it was set before. */
export function sourceBody(kind: SourceKind, form: SourceForm) {
  const fields: readonly SourceField[] = SOURCE_FIELDS[kind];
  const config: Record<string, string | string[]> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const value = (form[field.name] ?? '').trim();
    if (field.as === 'secret') {
      if (form[field.name] !== undefined && form[field.name] !== '')
        secrets[field.name] = form[field.name] ?? '';
    } else if (field.as === 'list') {
      config[field.name] = value
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    } else if (value !== '') config[field.name] = value;
  }
  return {
    name: (form.name ?? '').trim(),
    config,
    ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
  };
}

/** A value of a stored source as its field shows it. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('\n');
  return value === undefined || value === null ? '' : String(value);
}

/** The server's complaint about one field, wherever in the body it stood. */
export function fieldError(fields: Readonly<Record<string, string>>, name: string): string | null {
  return fields[`config.${name}`] ?? fields[`secrets.${name}`] ?? fields[name] ?? listError(fields, name);
}

function listError(fields: Readonly<Record<string, string>>, name: string): string | null {
  const at = Object.keys(fields).find((path) => path.startsWith(`config.${name}.`));
  return at === undefined ? null : `Line ${Number(at.slice(at.lastIndexOf('.') + 1)) + 1} ${fields[at]}`;
}
