import { type Answer, type Exchange, Refusal } from '../http/exchange.ts';

const DEFAULT_PAGE = 25;
const MAX_PAGE = 500;

/** How one listing differs from the full page envelope of contract section 5.1. */
export type Variant = { readonly uris?: boolean; readonly total?: boolean; readonly maxPage?: number };

/** One page of a list, in the envelope of section 5.1. Addresses are relative paths. */
export function pageOf(exchange: Exchange, all: readonly unknown[], variant: Variant = {}): Answer {
  const pageSize = positive(exchange, 'pageSize', DEFAULT_PAGE);
  const pageNumber = positive(exchange, 'pageNumber', 1);
  if (pageSize > (variant.maxPage ?? MAX_PAGE))
    throw new Refusal(400, 'invalid.value', `pageSize must not exceed ${variant.maxPage ?? MAX_PAGE}.`);
  const pageCount = Math.ceil(all.length / pageSize);
  const entities = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  const address = (number: number): string => addressOf(exchange, pageSize, number);
  const uris = {
    firstUri: address(1),
    selfUri: address(pageNumber),
    lastUri: address(Math.max(1, pageCount)),
    ...(pageNumber < pageCount ? { nextUri: address(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: address(pageNumber - 1) } : {}),
  };
  const body = {
    entities,
    pageSize,
    pageNumber,
    ...(variant.total === false ? {} : { total: all.length, pageCount }),
    ...(variant.uris === false ? {} : uris),
  };
  return { status: 200, body };
}

/** One page of a cursor listing: `after` points behind the last entry returned. */
export function cursorPageOf(exchange: Exchange, all: readonly { id: string }[], maxPage = 200): Answer {
  const pageSize = positive(exchange, 'pageSize', DEFAULT_PAGE);
  if (pageSize > maxPage) throw new Refusal(400, 'invalid.value', `pageSize must not exceed ${maxPage}.`);
  const after = exchange.query.get('after');
  const begin = after === null || after === '' ? 0 : all.findIndex((entry) => entry.id === after) + 1;
  const entities = all.slice(begin, begin + pageSize);
  const last = entities.at(-1);
  const next =
    begin + pageSize < all.length && last !== undefined
      ? {
          nextUri: `/api/v2${exchange.path.slice('/api/v2'.length)}?pageSize=${pageSize}&after=${last.id}`,
          cursors: { after: last.id },
        }
      : {};
  return { status: 200, body: { entities, pageSize, ...next } };
}

function positive(exchange: Exchange, name: string, otherwise: number): number {
  const text = exchange.query.get(name);
  const value = text === null || text === '' ? otherwise : Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Refusal(400, 'invalid.value', `${name} must be a positive number.`);
  return value;
}

function addressOf(exchange: Exchange, pageSize: number, pageNumber: number): string {
  const query = new URLSearchParams(exchange.query);
  query.set('pageSize', String(pageSize));
  query.set('pageNumber', String(pageNumber));
  return `${exchange.path}?${query.toString()}`;
}
