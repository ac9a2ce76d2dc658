import platformClient from 'purecloud-platform-client-v2';
import { z } from 'zod';
import type { Answer, GenesysClient } from '../connect';
import { badAnswer } from '../transport/raw-http-client';

/** Which services, entity types and actions the platform audits in this organisation. Names are open and case-sensitive. */
export type ServiceMapping = {
  readonly services: readonly {
    readonly name: string;
    readonly entities: readonly { readonly name: string; readonly actions: readonly string[] }[];
  }[];
  readonly fetchedAt: Date;
};

const serviceMapping = z.looseObject({
  services: z.array(
    z.looseObject({
      name: z.string().min(1),
      entities: z
        .array(z.looseObject({ name: z.string().min(1), actions: z.array(z.string()).default([]) }))
        .default([]),
    }),
  ),
});

type MappingOptions = { readonly signal?: AbortSignal };

/** The mapping of the asynchronous audit query. */
export async function readServiceMapping(
  client: GenesysClient,
  options: MappingOptions = {},
): Promise<ServiceMapping> {
  const doing = 'read the audit service mapping';
  const answer = await client.call({ doing, ...options }, (sdk) =>
    new platformClient.AuditApi(sdk).getAuditsQueryServicemapping(),
  );
  return toMapping(answer, doing);
}

/** The smaller mapping of the realtime search. */
export async function readRealtimeServiceMapping(
  client: GenesysClient,
  options: MappingOptions = {},
): Promise<ServiceMapping> {
  const doing = 'read the realtime audit service mapping';
  const answer = await client.call({ doing, ...options }, (sdk) =>
    new platformClient.AuditApi(sdk).getAuditsQueryRealtimeServicemapping(),
  );
  return toMapping(answer, doing);
}

function toMapping(answer: Answer, doing: string): ServiceMapping {
  const read = serviceMapping.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, doing, 'the answer lists no services');
  const services = read.data.services.map(({ name, entities }) => ({
    name,
    entities: entities.map((entity) => ({ name: entity.name, actions: entity.actions })),
  }));
  return { services, fetchedAt: answer.receivedAt };
}
