/** How a sandbox is started. */
export type SandboxOptions = {
  /** 0 takes any free port. */
  readonly port?: number;
  /** Holds the Git repository and the anchor; a temporary folder when left out. */
  readonly dataDir?: string;
  /** ISO instant at which the planted history ends; today 00:00 UTC when left out, fixed at the first start. */
  readonly anchor?: string;
  readonly seed?: number;
  /** No changes of its own while it runs. */
  readonly still?: boolean;
  /** Extra plain records. */
  readonly bulk?: number;
  /** How long an audit query is queued and running. */
  readonly dwellMs?: number;
  /** Genesys Cloud requests per minute and token. */
  readonly ratePerMinute?: number;
  readonly faults?: Partial<Faults>;
};

/** Everything that can go wrong on purpose. Numbers count down or set an interval; 0, false or empty is off. */
export type Faults = {
  /** Every n-th Genesys request answers 429. */
  rateLimitEveryN: number;
  rateLimitPerMinute: number;
  retryAfterSeconds: number;
  /** 429 without the Retry-After header: the wait stands in the message alone. */
  omitRetryAfter: boolean;
  /** A token dies after so many requests, also in the middle of paging. */
  expireTokenAfterRequests: number;
  /** Every n-th Genesys response breaks off in the middle of its body. */
  resetConnectionEveryN: number;
  /** So many records of each result page come again on the next one. */
  duplicateRecords: number;
  /** So many planted records stay invisible until this is set to 0, or until `lateAfterQueries` queries have started. */
  lateRecords: number;
  lateAfterQueries: number;
  /** The audit ids of records that stay invisible while they stand here. */
  hideRecords: string[];
  /** Milliseconds between a live act and the visibility of its audit record. */
  lagMs: number;
  outOfOrder: boolean;
  /** Every record carries fields no contract names. */
  unknownFields: boolean;
  /** So many result pages arrive cut off, with status 200. */
  invalidJsonOnce: number;
  /** So many unreadable records stand in the history; the truth lists them. */
  badRecords: number;
  queryFails: number;
  queryCancelled: number;
  queryNeverEnds: number;
  cursorExpiresOnce: number;
  slowMs: number;
  /** Every n-th Genesys request answers 503. */
  serverErrorEveryN: number;
  /** Results answer 302 with a download address, when the caller allows it (`always`: in any case). */
  redirectLarge: boolean | 'always' | 'location';
  emptyPageWithCursor: number;
  /** A person is hired between page one and two of the user list, so many times. */
  totalChangesWhilePaging: number;
  /** Permissions the collector has lost. */
  missingPermissionForSnapshot: string[];
  /** So many response actions are carried out and yet answer 504. */
  timeoutAfterApply: number;
  /** Version conflicts of user changes: so many, alternating between 409 and 400. */
  versionConflicts: number;
  /** Sinks answer with this status: by name, 0 is off. */
  slackStatus: number;
  /** What Slack's 429 asks to wait. */
  slackRetryAfterSeconds: number;
  splunkStatus: number;
  datadogStatus: number;
  webhookStatus: number;
  crmStatus: number;
  crmSlowMs: number;
  jiraStatus: number;
  /** 403 comes with nothing remaining of the hourly limit. */
  githubStatus: number;
  gitlabStatus: number;
  serviceNowStatus: number;
  /** So many incidents are opened and yet answered with 504. */
  serviceNowIncidentTimeoutOnce: number;
  hrisStatus: number;
  /** Recipients are refused for now (450). */
  smtpRefuses: boolean;
  /** Recipients are refused with this status. */
  smtpStatus: number;
  /** So many messages are kept and the connection dies before the answer. */
  slackDropsAfterApply: number;
  webhookDropsAfterApply: number;
  serviceNowDropsAfterApply: number;
  smtpDropsAfterApply: number;
  licenseStatus: number;
  conversationStatus: number;
};

export const NO_FAULTS: Faults = {
  rateLimitEveryN: 0,
  rateLimitPerMinute: 0,
  retryAfterSeconds: 0,
  omitRetryAfter: false,
  expireTokenAfterRequests: 0,
  resetConnectionEveryN: 0,
  duplicateRecords: 0,
  lateRecords: 0,
  lateAfterQueries: 0,
  hideRecords: [],
  lagMs: 0,
  outOfOrder: false,
  unknownFields: false,
  invalidJsonOnce: 0,
  badRecords: 0,
  queryFails: 0,
  queryCancelled: 0,
  queryNeverEnds: 0,
  cursorExpiresOnce: 0,
  slowMs: 0,
  serverErrorEveryN: 0,
  redirectLarge: false,
  emptyPageWithCursor: 0,
  totalChangesWhilePaging: 0,
  missingPermissionForSnapshot: [],
  timeoutAfterApply: 0,
  versionConflicts: 0,
  slackStatus: 0,
  slackRetryAfterSeconds: 1,
  splunkStatus: 0,
  datadogStatus: 0,
  webhookStatus: 0,
  crmStatus: 0,
  crmSlowMs: 0,
  jiraStatus: 0,
  githubStatus: 0,
  gitlabStatus: 0,
  serviceNowStatus: 0,
  serviceNowIncidentTimeoutOnce: 0,
  hrisStatus: 0,
  smtpRefuses: false,
  smtpStatus: 0,
  slackDropsAfterApply: 0,
  webhookDropsAfterApply: 0,
  serviceNowDropsAfterApply: 0,
  smtpDropsAfterApply: 0,
  licenseStatus: 0,
  conversationStatus: 0,
};
