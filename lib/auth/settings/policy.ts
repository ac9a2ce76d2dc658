import { z } from 'zod';

const text = z.string().trim().min(1).max(500);
const instant = z.iso.datetime({ offset: true });
const strict = z.strictObject;

const division = strict({
  id: text.optional().describe('Id of the division; or its name'),
  name: text.optional(),
  region: text.optional().describe('Region it lies in, such as EMEA'),
  sensitivity: z.enum(['normal', 'restricted', 'high_security']).optional(),
  rank: z.int().min(0).max(1000).optional().describe('Rank of privilege; higher is more privileged'),
}).refine((one) => one.id !== undefined || one.name !== undefined, 'a division needs an id or a name');

const clock = (example: string) =>
  z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, `is no time such as ${example}`);
const zone = text.refine(isZone, 'is no time zone such as Europe/Rome');
const localStart = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'is no local date and time such as 2026-11-02T22:00');

/** What a window or freeze may say besides when it is open. */
const windowMore = {
  approver: text.optional().describe('Who approved it; a window without one authorises nothing by itself'),
  ticket: text.optional().describe('Ticket that asked for it'),
  approvedAt: instant
    .optional()
    .describe(
      'Since when it holds; without it, since it stands in the policy, or always where it stood there first',
    ),
  scope: strict({
    divisions: z.array(text).optional().describe('Ids of divisions'),
    services: z.array(text).optional(),
    entityTypes: z.array(text).optional(),
    objects: z.array(text).optional().describe('Ids of the objects that it names'),
  })
    .optional()
    .describe('What it is about; all of it must fit. Without it: the whole organisation'),
};
const period = strict({
  name: text,
  from: instant,
  to: instant,
  zone: zone.optional(),
  ...windowMore,
}).refine((one) => Date.parse(one.from) < Date.parse(one.to), 'from must lie before to');
const weekly = strict({
  name: text,
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  start: clock('22:00'),
  end: clock('04:00'),
  zone,
  ...windowMore,
});
const ruled = strict({
  name: text,
  start: localStart.describe('First local start on the clock of the zone'),
  minutes: z.int().min(1).max(44_640).describe('Length on the wall clock'),
  rule: text.describe('RFC 5545 recurrence rule, such as FREQ=MONTHLY;BYDAY=2SA'),
  except: z.array(localStart).optional().describe('Local starts that do not take place'),
  zone,
  ...windowMore,
});

/** Which records a rule is about; all that is given must fit. */
const matcher = {
  service: text.optional(),
  entityType: text.optional(),
  action: text.optional(),
  property: text.optional(),
  actor: text.optional().describe('Id of a person or OAuth client'),
  reason: text.optional(),
};

const network = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]);

/** `POLICY_FILE`: what the organisation says about its own things (design 9). Every part is optional. */
export const policySchema = strict({
  $schema: z.string().optional(),
  divisions: z.array(division).optional(),
  pipelineClients: z
    .array(text)
    .optional()
    .describe('Ids or names of OAuth clients that deploy from a repository'),
  platformNoise: z
    .array(z.union([text, strict(matcher)]))
    .optional()
    .describe('Records that are excused, with the reason'),
  windows: z
    .array(z.union([period, weekly, ruled]))
    .optional()
    .describe('Approved change windows: once, weekly, or by a recurrence rule'),
  freezes: z
    .array(z.union([period, weekly, ruled]))
    .optional()
    .describe('Times in which only emergency changes are planned'),
  approvedStatuses: z.array(text).optional().describe('Ticket statuses that count as approved'),
  roleRules: z
    .array(
      strict({
        role: text,
        departments: z.array(text).optional(),
        groups: z.array(text).optional(),
        titles: z.array(text).optional(),
      }),
    )
    .optional(),
  ipAllowList: z.array(network).optional(),
  moveReview: strict({
    days: z.int().min(0).max(365).describe('How long a move may wait for its review; 0 asks for none'),
    applies: z
      .enum(['cross_division', 'boundary_cross', 'restricted'])
      .describe('Every move between divisions, those across regions, or those into restricted ones'),
  }).optional(),
  responses: strict({
    modes: z
      .record(text, z.enum(['observe', 'ask', 'act']))
      .optional()
      .describe(
        'What happens when a rule finds something, by the id of the rule; observe where nothing is said',
      ),
    breakGlass: z
      .array(text)
      .optional()
      .describe('Ids or e-mail addresses of people, and ids of OAuth clients, that no response ever touches'),
    limits: strict({ perHour: z.int().min(0).max(1000), perDay: z.int().min(0).max(10_000) })
      .optional()
      .describe('How many responses may be carried out at most'),
    approvalMinutes: z
      .int()
      .min(1)
      .max(10_080)
      .optional()
      .describe('How long a response may wait for its approval'),
  }).optional(),
  highRisk: z
    .array(
      z.union([
        text,
        strict({ ...matcher, level: z.enum(['low', 'medium', 'high', 'critical']).optional() }),
      ]),
    )
    .optional()
    .describe(
      'Changes that are high-risk besides those of the table on the Settings page; a text is an entity type, the level is high where none is given',
    ),
  controls: strict({
    thresholds: z.record(text, z.union([z.number(), z.string(), z.boolean()])).optional(),
  }).optional(),
});
export type Policy = z.infer<typeof policySchema>;

/** The parts that become settings, each effective-dated by itself, under `policy.<part>`. */
export const POLICY_PARTS = [
  'divisions',
  'pipelineClients',
  'platformNoise',
  'windows',
  'freezes',
  'approvedStatuses',
  'roleRules',
  'ipAllowList',
  'moveReview',
  'responses',
  'highRisk',
  'controls',
] as const satisfies readonly (keyof Policy)[];
export type PolicyPart = (typeof POLICY_PARTS)[number];

/** The policy of a file's text, or one sentence per problem. */
export function parsePolicy(json: string): { ok: true; policy: Policy } | { ok: false; problems: string[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return {
      ok: false,
      problems: [`It is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.`],
    };
  }
  const parsed = policySchema.safeParse(value);
  if (parsed.success) return { ok: true, policy: parsed.data };
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'The file'}: ${issue.message}.`,
  );
  return { ok: false, problems };
}

/** The JSON Schema that `policy.schema.json` holds, for editors. */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(policySchema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Tallystick policy' }, null, 2)}\n`;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    // Intl throws for a name it does not know; that is the answer.
    return false;
  }
}
