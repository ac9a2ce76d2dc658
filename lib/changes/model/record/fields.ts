import type { Drift } from './change';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Longest text that may stand in an indexed column. */
export const MAX_KEY_LENGTH = 500;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text as the database can hold it: no NUL, no half surrogate pairs. The raw bytes keep them. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\ufffd') : whole;
}

/** What kind of JSON a value is, for a sentence. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Reads members of one record tolerantly: what has another type than expected is noted as drift and left out or turned to text. */
export class FieldReader {
  readonly drift: Drift[] = [];

  /** A text, or null when absent or empty; numbers and booleans become text, other types are noted and give null. */
  text(holder: JsonObject, key: string, path: string = key): string | null {
    const value = holder[key];
    if (typeof value === 'string') return value === '' ? null : storable(value);
    if (value === undefined || value === null) return null;
    this.retyped(path, 'text', value);
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }

  /** As `text`, for what is indexed: too long to be an id counts as retyped and gives null. */
  key(holder: JsonObject, key: string, path: string = key): string | null {
    const text = this.text(holder, key, path);
    if (text === null || text.length <= MAX_KEY_LENGTH) return text;
    this.drift.push({
      kind: 'retyped_field',
      field: path,
      detail: `longer than ${MAX_KEY_LENGTH} characters`,
    });
    return null;
  }

  flag(holder: JsonObject, key: string, path: string = key): boolean | null {
    const value = holder[key];
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') {
      this.retyped(path, 'boolean', value);
      return value === 'true';
    }
    if (value !== undefined && value !== null) this.retyped(path, 'boolean', value);
    return null;
  }

  /** A nested object; absent gives an empty one. */
  object(holder: JsonObject, key: string, path: string = key): JsonObject {
    const value = holder[key];
    if (isObject(value)) return value;
    if (value !== undefined && value !== null) this.retyped(path, 'object', value);
    return EMPTY;
  }

  /** Texts of an array; a single value counts as an array of one and is noted. Nested values become JSON. */
  texts(holder: JsonObject, key: string, path: string = key): string[] {
    const value = holder[key];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.retyped(path, 'array', value);
      return [valueText(value)];
    }
    const texts: string[] = [];
    for (const item of value) if (item !== null && item !== undefined) texts.push(valueText(item));
    return texts;
  }

  unknown(field: string, value: unknown): void {
    this.drift.push({
      kind: 'new_field',
      field,
      detail: `a field of type ${typeName(value)} that is not known`,
    });
  }

  retyped(field: string, expected: string, value: unknown): void {
    this.drift.push({ kind: 'retyped_field', field, detail: `expected ${expected}, got ${typeName(value)}` });
  }
}

const EMPTY: JsonObject = {};

/** Any JSON value as text: texts as they are, the rest as JSON. */
export function valueText(value: unknown): string {
  return storable(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}
