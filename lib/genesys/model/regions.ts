/**
 * The domain of each AWS region Genesys Cloud runs in. Hosts are `login.<domain>` and `api.<domain>`.
 *
 * A table and no string building: the US government and EU sovereign domains follow no rule.
 * Source: the platform's own SDK, `PureCloudRegionHosts`; a test holds the two side by side.
 */
export const REGION_DOMAINS = {
  'us-east-1': 'mypurecloud.com',
  'us-east-2': 'use2.us-gov-pure.cloud',
  'us-west-2': 'usw2.pure.cloud',
  'ca-central-1': 'cac1.pure.cloud',
  'mx-central-1': 'mxc1.pure.cloud',
  'sa-east-1': 'sae1.pure.cloud',
  'ap-southeast-1': 'apse1.pure.cloud',
  'ap-southeast-2': 'mypurecloud.com.au',
  'ap-northeast-1': 'mypurecloud.jp',
  'ap-northeast-2': 'apne2.pure.cloud',
  'ap-northeast-3': 'apne3.pure.cloud',
  'eu-central-1': 'mypurecloud.de',
  'eu-central-2': 'euc2.pure.cloud',
  'eu-west-1': 'mypurecloud.ie',
  'eu-west-2': 'euw2.pure.cloud',
  'me-central-1': 'mec1.pure.cloud',
  'ap-south-1': 'aps1.pure.cloud',
  'eusc-de-east-1': 'edee1.eusc-pure.cloud',
} as const;

export type Region = keyof typeof REGION_DOMAINS;

const DOMAINS: ReadonlyMap<string, string> = new Map(Object.entries(REGION_DOMAINS));

/** Names of all regions, in the table's order. */
export const REGIONS: readonly string[] = [...DOMAINS.keys()];

/** The domain of a region named by its AWS name (`eu-west-1`) or by the domain itself; null when it is neither. */
export function domainOfRegion(name: string): string | null {
  const text = name.trim().toLowerCase();
  const domain = DOMAINS.get(text);
  if (domain) return domain;
  return [...DOMAINS.values()].includes(text) ? text : null;
}
