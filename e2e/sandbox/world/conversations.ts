import { userId } from './build.ts';
import { agentName } from './cast.ts';
import { uuidOf } from './chance.ts';
import { isoMillis, MINUTE } from './clock.ts';
import type { World } from './shapes.ts';

/** How long ago each kind of conversation ended, relative to when it is asked for. null: it goes on. */
const KINDS = { live: null, ended5: 5, ended29: 29, ended31: 31, ended90: 90 } as const;

export type ConversationKind = keyof typeof KINDS | 'transferred';

/** One planted conversation: id, kind, agents and customer. Its end moves with the clock, so `ended29` always ended 29 minutes ago. */
export type Conversation = {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly agentIds: readonly string[];
  readonly customerId: string;
};

/** Six conversations of each kind, by different agents. */
export function conversationsOf(world: World): Conversation[] {
  const kinds: ConversationKind[] = ['live', 'ended5', 'ended29', 'ended31', 'ended90', 'transferred'];
  return kinds.flatMap((kind, which) =>
    Array.from({ length: 6 }, (_, index) => {
      const agent = userId(world, agentName(which * 6 + index));
      const second = userId(world, agentName(which * 6 + index + 1));
      return {
        id: uuidOf(world.seed, `conversation/${kind}/${index}`),
        kind,
        agentIds: kind === 'transferred' ? [agent, second] : [agent],
        customerId: customerIds()[index * 2] ?? 'C-1000',
      };
    }),
  );
}

/** The customers the CRM knows. */
export function customerIds(): string[] {
  return Array.from({ length: 40 }, (_, index) => `C-${1000 + index}`);
}

/** A conversation as both endpoints show it; null for an id that was never planted. */
export function conversationOf(
  world: World,
  id: string,
): { body: Record<string, unknown>; details: Record<string, unknown> } | null {
  const planted = conversationsOf(world).find((conversation) => conversation.id === id);
  if (planted === undefined) return null;
  const minutes = planted.kind === 'transferred' ? null : KINDS[planted.kind];
  const now = Date.now();
  const endAt = minutes === null ? null : now - minutes * MINUTE;
  const startAt = (endAt ?? now) - 12 * MINUTE;
  const end = endAt === null ? {} : { endTime: isoMillis(endAt) };
  const state = endAt === null ? 'connected' : 'disconnected';
  const customer = {
    id: uuidOf(world.seed, `${id}/customer`),
    purpose: 'customer',
    startTime: isoMillis(startAt),
    ...end,
    calls: [{ state }],
  };
  const agents = planted.agentIds.map((agentId, index) => {
    const left = index < planted.agentIds.length - 1 ? { endTime: isoMillis(now - 3 * MINUTE) } : end;
    return {
      id: uuidOf(world.seed, `${id}/agent/${index}`),
      purpose: 'agent',
      userId: agentId,
      startTime: isoMillis(startAt + index * MINUTE),
      connectedTime: isoMillis(startAt + index * MINUTE),
      ...left,
      calls: [{ state: 'endTime' in left ? 'disconnected' : state }],
    };
  });
  const body = {
    id,
    startTime: isoMillis(startAt),
    ...end,
    participants: [customer, ...agents],
    selfUri: `/api/v2/conversations/${id}`,
  };
  const segments = [
    {
      segmentStart: isoMillis(startAt),
      ...(endAt === null ? {} : { segmentEnd: isoMillis(endAt) }),
      segmentType: 'interact',
    },
  ];
  const details = {
    conversationId: id,
    conversationStart: isoMillis(startAt),
    ...(endAt === null ? {} : { conversationEnd: isoMillis(endAt) }),
    participants: [
      { purpose: 'customer', sessions: [{ mediaType: 'voice', segments }] },
      ...planted.agentIds.map((agentId) => ({
        purpose: 'agent',
        userId: agentId,
        sessions: [{ mediaType: 'voice', segments }],
      })),
    ],
  };
  return { body, details };
}
