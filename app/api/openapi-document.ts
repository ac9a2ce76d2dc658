import { z } from 'zod';
import { permissionRule } from '@/lib/auth/permissions';
import type { RouteHandler } from './handle';
import { problemSchema } from './problem';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];
/** The handlers a route file exports, by method. */
export type RouteModule = Partial<Record<Method, RouteHandler>>;

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The OpenAPI 3.1 document of the routes, by path as Next spells it (`/api/v1/users/[id]`). */
export function openApiDocument(routes: Readonly<Record<string, RouteModule>>, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [path, module] of Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const operations: Record<string, unknown> = {};
    for (const method of METHODS) {
      const handler = module[method];
      if (handler) operations[method.toLowerCase()] = operation(path, method, handler.route);
    }
    paths[path.replaceAll(/\[(\w+)\]/g, '{$1}')] = operations;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tallystick', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: `tallystick api-key create`.' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-tally-session' },
      },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

function operation(path: string, method: Method, route: RouteHandler['route']) {
  const { permission } = route;
  const status = String(route.status ?? (route.answer ? 200 : 204));
  return {
    operationId: `${method.toLowerCase()}${path.replace('/api/v1', '').replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, c: string) => c.toUpperCase())}`,
    summary: route.summary ?? '',
    ...(permission === 'public'
      ? { security: [] }
      : { 'x-permission': permission, 'x-roles': permissionRule(permission).roles }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: 'Done',
        ...(route.answer
          ? { content: { 'application/json': { schema: jsonSchema(route.answer, 'output') } } }
          : {}),
      },
      default: {
        description: 'What went wrong (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** Each member of an object's schema as a parameter. A filter takes several values by repetition. */
function parameters(schema: z.ZodType | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const missing = schema.safeParse({}).error?.issues.map((issue) => issue.path[0]) ?? [];
  // What comes out tells the type: what goes in is text, or several texts, in any case.
  const { properties = {} } = jsonSchema(schema, 'output');
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: place,
    required: place === 'path' || missing.includes(name),
    schema: of,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
