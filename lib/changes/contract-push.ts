import { z } from 'zod';

const names = z.array(z.string().trim().min(1).max(300)).min(1).max(200);

/** The setting `push.match`: which pushed events become changes; `{}` asks for everything. */
export const pushMatchSchema = z.strictObject({
  detailTypes: names.optional(),
  services: names.optional(),
  entityTypes: names.optional(),
  actions: names.optional(),
});

/** Sets the rule for one organisation, or for all that have none of their own. It holds for events that come from now on. */
export const setPushMatchSchema = z.object({ orgId: z.uuid().optional(), match: pushMatchSchema });

/** What became of the events of one request. */
export const pushAnswerSchema = z.object({
  /** Kept, and changes within seconds. */
  accepted: z.int(),
  /** Kept aside: the matching rule does not ask for them. */
  filtered: z.int(),
  /** Kept aside: unreadable, or of no organisation that the key may speak for. */
  quarantined: z.int(),
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

export const pushQuerySchema = z.object({ orgId: z.uuid().optional() });
export type PushQuery = z.infer<typeof pushQuerySchema>;

export const pushDtoSchema = z.object({
  items: z.array(
    z.object({
      orgId: z.uuid(),
      match: pushMatchSchema,
      /** Null: nothing is set, everything is asked for. */
      setBy: z.string().nullable(),
      since: z.iso.datetime().nullable(),
      /** Of the last seven days. */
      received: z.object({
        kept: z.int(),
        filtered: z.int(),
        unreadable: z.int(),
        /** Not yet packed and read. */
        waiting: z.int(),
        lastAt: z.iso.datetime().nullable(),
      }),
    }),
  ),
});
export type PushDto = z.infer<typeof pushDtoSchema>;
