/**
 * What a store needs of a connection: one statement, its rows. Bound to a transaction by whoever opened it.
 *
 * Rows come with `Date` for timestamptz, `number` for int8 (our counts stay below 2^53), parsed values for json and jsonb,
 * `Buffer` for bytea, arrays for arrays and the text `2026-11-20` for date. Cast xid8, inet and numeric to text or float8 in the statement.
 */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
}
