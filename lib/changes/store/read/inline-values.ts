import type pg from 'pg';
import type { Where } from './change-filter';

/** The condition with its values written into it, quoted by the driver: COPY takes no parameters. */
export function inlined(client: Pick<pg.ClientBase, 'escapeLiteral'>, where: Where): string {
  return where.sql.replace(/\$(\d+)/g, (_all, n: string) => literal(client, where.values[Number(n) - 1]));
}

function literal(client: Pick<pg.ClientBase, 'escapeLiteral'>, value: unknown): string {
  if (Array.isArray(value)) return `array[${value.map((one) => literal(client, one)).join(', ')}]`;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (value instanceof Date) return client.escapeLiteral(value.toISOString());
  if (typeof value === 'string') return client.escapeLiteral(value);
  throw new TypeError('cannot write this kind of value into a statement');
}
