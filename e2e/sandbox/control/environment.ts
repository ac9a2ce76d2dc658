import type { Sandbox } from '../sandbox.ts';
import { GITHUB_TOKEN } from '../vendors/github-door.ts';
import { GITLAB_TOKEN } from '../vendors/gitlab-door.ts';
import { JIRA_EMAIL, JIRA_TOKEN } from '../vendors/jira-door.ts';
import { SERVICENOW_PASSWORD, SERVICENOW_USER } from '../vendors/servicenow-door.ts';
import { CRM_TOKEN, SPLUNK_TOKEN } from '../vendors/sink-doors.ts';
import { CLIENTS } from '../world/access.ts';

/** The environment with which the product finds every service of this sandbox. */
export function environmentOf(sandbox: Sandbox, smtpUrl: string): Record<string, string> {
  const { url } = sandbox;
  return {
    GENESYS_GATEWAY_URL: `${url}/genesys`,
    GENESYS_CLIENT_ID: CLIENTS.collector.id,
    GENESYS_CLIENT_SECRET: CLIENTS.collector.secret,
    GENESYS_RESPONDER_CLIENT_ID: CLIENTS.responder.id,
    GENESYS_RESPONDER_CLIENT_SECRET: CLIENTS.responder.secret,
    JIRA_BASE_URL: `${url}/jira`,
    JIRA_EMAIL,
    JIRA_API_TOKEN: JIRA_TOKEN,
    SERVICENOW_BASE_URL: `${url}/servicenow`,
    SERVICENOW_USER,
    SERVICENOW_PASSWORD,
    GIT_REPOSITORIES: sandbox.repository.path,
    GITHUB_API_URL: `${url}/github/api/v3`,
    GITHUB_TOKEN,
    GITLAB_BASE_URL: `${url}/gitlab`,
    GITLAB_TOKEN,
    HRIS_SOURCE: `${url}/hris/employees.csv`,
    SLACK_WEBHOOK_URL: `${url}/slack/compliance`,
    SMTP_URL: smtpUrl,
    SMTP_FROM: 'Tallystick <tallystick@northwind.example.test>',
    ALERT_EMAIL: 'compliance@northwind.example.test',
    OUTBOUND_ALLOWLIST: '127.0.0.0/8',
    SPLUNK_HEC_URL: `${url}/splunk/services/collector/event`,
    SPLUNK_HEC_TOKEN: SPLUNK_TOKEN,
    CRM_BASE_URL: `${url}/crm`,
    CRM_TOKEN,
  };
}
