import { z } from 'zod';
import { WINDOW_KINDS, WINDOW_SOURCES } from '../model/window/window';

/** What crosses HTTP about change windows and freezes. */
const instant = z.iso.datetime({ offset: true });
const text = z.string().trim().min(1).max(200);
const local = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'is no local date and time such as 2026-11-02T22:00');
const list = z.array(text).max(500);
const many = (one: z.ZodType<string>) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );

const timesSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once'), from: instant, to: instant }),
  z.strictObject({
    kind: z.literal('recurring'),
    start: local.describe('First local start on the clock of the zone'),
    minutes: z.int().min(1).describe('Length on the wall clock'),
    rule: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe('RFC 5545 recurrence rule, such as FREQ=WEEKLY;BYDAY=MO,TH'),
    except: z.array(local).max(500).optional().describe('Local starts that do not take place'),
  }),
]);
const scopeSchema = z.strictObject({
  divisions: list.optional(),
  services: list.optional(),
  entityTypes: list.optional(),
  objects: list.optional().describe('Ids of the objects it names'),
});
const definition = {
  kind: z.enum(WINDOW_KINDS),
  name: text,
  zone: text.describe('IANA time zone, such as Europe/Rome'),
  times: timesSchema,
  scope: scopeSchema.optional(),
  approver: text.optional().describe('Who approved it; without one it authorises nothing by itself'),
  ticket: text.optional(),
};
const reason = z.string().trim().min(3).max(1_000);

/** Body of POST /api/v1/change-windows. */
export const windowInputSchema = z.strictObject({ org: z.uuid(), ...definition, reason });
/** Body of PUT /api/v1/change-windows/{id}. */
export const windowChangeSchema = z.strictObject({ ...definition, reason });
export type WindowInput = z.infer<typeof windowInputSchema>;
export const windowWithdrawalSchema = z.strictObject({ reason });

/** Body of POST /api/v1/change-windows/preview. */
export const windowPreviewSchema = z.strictObject({ zone: text, times: timesSchema });
export type WindowPreviewInput = z.infer<typeof windowPreviewSchema>;

export const windowListSchema = z.object({ org: many(z.uuid()) });
export type WindowListQuery = z.infer<typeof windowListSchema>;

/** Query of GET /api/v1/change-windows/occurrences. */
export const occurrencesQuerySchema = z.object({
  from: instant,
  to: instant,
  org: many(z.uuid()),
  /** The calendar as it was known at this instant; without it, as it is known now. */
  asOf: instant.optional(),
});
export type OccurrencesQuery = z.infer<typeof occurrencesQuerySchema>;

const zulu = z.iso.datetime();
const interval = z.object({ from: zulu, to: zulu });
const scopeDto = z.object({
  divisions: z.array(z.string()),
  services: z.array(z.string()),
  entityTypes: z.array(z.string()),
  objects: z.array(z.string()),
});
const said = {
  kind: z.enum(WINDOW_KINDS),
  name: z.string(),
  zone: z.string(),
  scope: scopeDto,
  approver: z.string().nullable(),
  ticket: z.string().nullable(),
  source: z.enum(WINDOW_SOURCES),
  url: z.string().nullable(),
};

export const windowVersionDtoSchema = z.object({
  ...said,
  versionId: z.string(),
  times: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('once'), from: zulu, to: zulu }),
    z.object({
      kind: z.literal('recurring'),
      start: z.string(),
      minutes: z.number(),
      rule: z.string(),
      except: z.array(z.string()),
    }),
  ]),
  /** When it is open, in words. */
  when: z.string(),
  withdrawn: z.boolean(),
  effectiveFrom: zulu,
  decidedAt: zulu,
  decidedBy: z.string(),
  reason: z.string(),
});
export type WindowVersionDto = z.infer<typeof windowVersionDtoSchema>;

export const windowDtoSchema = windowVersionDtoSchema.extend({
  id: z.string(),
  orgId: z.uuid(),
  /** Said elsewhere: it cannot be changed here. */
  readOnly: z.boolean(),
  openNow: z.boolean(),
  /** The next times it is open, the one that is open now included. */
  next: z.array(interval),
  versions: z.int(),
});
export type WindowDto = z.infer<typeof windowDtoSchema>;

export const calendarReadingSchema = z.object({
  orgId: z.uuid(),
  source: z.enum(['policy', 'servicenow']),
  lastReadAt: zulu.nullable(),
  failedSince: zulu.nullable(),
  because: z.string().nullable(),
});
export type CalendarReadingDto = z.infer<typeof calendarReadingSchema>;

/** Answer of GET /api/v1/change-windows. */
export const windowsAnswerSchema = z.object({
  items: z.array(windowDtoSchema),
  nextCursor: z.null(),
  readings: z.array(calendarReadingSchema),
});
export type WindowsDto = z.infer<typeof windowsAnswerSchema>;

/** Answer of GET /api/v1/change-windows/{id}: the window with every version of it, the newest first. */
export const windowHistorySchema = z.object({
  window: windowDtoSchema,
  history: z.array(windowVersionDtoSchema),
});
export type WindowHistoryDto = z.infer<typeof windowHistorySchema>;

export const occurrenceSchema = z.object({
  windowId: z.string(),
  versionId: z.string(),
  orgId: z.uuid(),
  ...said,
  from: zulu,
  to: zulu,
  /** Whether it is about the whole organisation. */
  wholeOrganization: z.boolean(),
});
export type OccurrenceDto = z.infer<typeof occurrenceSchema>;

/** Answer of GET /api/v1/change-windows/occurrences. */
export const occurrencesAnswerSchema = z.object({
  from: zulu,
  to: zulu,
  asOf: zulu.nullable(),
  items: z.array(occurrenceSchema),
  nextCursor: z.null(),
});
export type OccurrencesDto = z.infer<typeof occurrencesAnswerSchema>;

/** Answer of POST /api/v1/change-windows/preview. */
export const windowPreviewAnswerSchema = z.object({
  when: z.string(),
  next: z.array(z.object({ from: zulu, to: zulu, localFrom: z.string(), localTo: z.string() })),
  /** Local starts of the next year that the clocks of the zone skip. */
  skipped: z.array(z.string()),
});
export type WindowPreviewDto = z.infer<typeof windowPreviewAnswerSchema>;
