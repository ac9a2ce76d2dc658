import { z } from 'zod';

const siteUrl = z
  .string()
  .trim()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'is no http or https address',
  )
  .refine(hasNoCredentials, 'holds a password; addresses are shown and journaled')
  .transform((value) => value.replace(/\/+$/, ''));
const word = z.string().trim().min(1, 'is empty').max(500);
/** Only transports that fetch: `ext::` and its like would run a program, and local paths are the environment's to set. */
const remoteRepository = word
  .refine(hasNoCredentials, 'holds a password; addresses are shown and journaled')
  .refine(
    (value) => /^(https?:\/\/|ssh:\/\/|git:\/\/|[\w.-]+@[\w.-]+:)\S+$/.test(value) && !value.startsWith('-'),
    'is no address of a repository (https://…, ssh://… or git@host:path)',
  );

/**
 * Kinds of source that can be connected: what is asked for (`config`), and which credentials (`secrets`, write-only).
 * `says` is what a page calls the kind.
 */
export const SOURCE_KINDS = {
  genesys: {
    says: 'Genesys Cloud organisation',
    config: z
      .strictObject({
        region: z
          .string()
          .trim()
          .regex(/^[a-z0-9.-]+$/, 'is no region such as mypurecloud.ie')
          .optional(),
        gatewayUrl: siteUrl.optional(),
        clientId: word,
        responderClientId: word.optional(),
      })
      .refine(
        (one) => (one.region === undefined) !== (one.gatewayUrl === undefined),
        'needs either a region or a gateway',
      ),
    secrets: ['clientSecret'],
    optionalSecrets: ['responderClientSecret'],
  },
  jira: {
    says: 'Jira site',
    config: z.strictObject({ baseUrl: siteUrl, email: z.email() }),
    secrets: ['apiToken'],
  },
  servicenow: {
    says: 'ServiceNow instance',
    config: z.strictObject({ baseUrl: siteUrl, user: word }),
    secrets: ['password'],
  },
  git: {
    says: 'Git repositories',
    config: z.strictObject({ repositories: z.array(remoteRepository).min(1).max(50) }),
    secrets: [],
  },
  github: {
    says: 'GitHub',
    config: z.strictObject({ apiUrl: siteUrl }),
    secrets: ['token'],
  },
  gitlab: {
    says: 'GitLab',
    config: z.strictObject({ baseUrl: siteUrl }),
    secrets: ['token'],
  },
  hris: {
    says: 'HR export',
    config: z.strictObject({ location: siteUrl }),
    secrets: [],
  },
} as const satisfies Record<
  string,
  {
    readonly says: string;
    readonly config: z.ZodType;
    readonly secrets: readonly string[];
    readonly optionalSecrets?: readonly string[];
  }
>;

export type SourceKind = keyof typeof SOURCE_KINDS;
export const SOURCE_KIND_NAMES = [
  'genesys',
  'jira',
  'servicenow',
  'git',
  'github',
  'gitlab',
  'hris',
] as const satisfies readonly SourceKind[];

/** Names of all secrets of a kind; those that it can do without come last. */
export function secretFields(kind: SourceKind): {
  readonly required: readonly string[];
  readonly optional: readonly string[];
} {
  const spec = SOURCE_KINDS[kind];
  return { required: spec.secrets, optional: 'optionalSecrets' in spec ? spec.optionalSecrets : [] };
}

/** Where a source's secret stands among the secrets. */
export function secretName(sourceId: string, field: string): string {
  return `source/${sourceId}/${field}`;
}

function hasNoCredentials(value: string): boolean {
  return !URL.canParse(value) || new URL(value).password === '';
}
