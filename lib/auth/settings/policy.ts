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

const period = strict({ name: text, from: instant, to: instant }).refine(
  (one) => Date.parse(one.from) < Date.parse(one.to),
  'from must lie before to',
);
const weekly = strict({
  name: text,
  days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 22:00'),
  end: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time such as 04:00'),
  zone: text.refine(isZone, 'is no time zone such as Europe/Rome'),
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
    .array(z.union([period, weekly]))
    .optional()
    .describe('Approved change windows'),
  freezes: z.array(period).optional(),
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
