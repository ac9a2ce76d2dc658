import type { PropertyChange } from './change';
import { type FieldReader, isObject, type JsonObject, storable, valueText } from './fields';

/** Every property change of a record, in its order: missing old or new values are empty lists, single values lists of one. */
export function flattenPropertyChanges(record: JsonObject, fields: FieldReader): PropertyChange[] {
  const list = record.propertyChanges;
  if (list === undefined || list === null) return [];
  const items = Array.isArray(list) ? list : [list];
  if (!Array.isArray(list)) fields.retyped('propertyChanges', 'array', list);
  const flat: PropertyChange[] = [];
  for (const item of items) {
    if (!isObject(item)) {
      fields.retyped('propertyChanges[]', 'object', item);
      flat.push({ property: '', oldValues: [], newValues: item === null ? [] : [valueText(item)] });
      continue;
    }
    for (const key in item) {
      if (key !== 'property' && key !== 'oldValues' && key !== 'newValues')
        fields.unknown(`propertyChanges[].${key}`, item[key]);
    }
    flat.push({
      property: fields.text(item, 'property', 'propertyChanges[].property') ?? '',
      oldValues: fields.texts(item, 'oldValues', 'propertyChanges[].oldValues'),
      newValues: fields.texts(item, 'newValues', 'propertyChanges[].newValues'),
    });
  }
  return flat;
}

const CITING_PROPERTY = /(description|notes|comments?)$/i;

/**
 * The text in which citations of tickets and commits count: new values of properties named or ending in description, notes
 * or comment(s), the message, and the values of the context. Null when there is none. Old values cite nothing.
 * Source: design 5, linkage (2).
 */
export function citableText(parts: {
  readonly propertyChanges: readonly PropertyChange[];
  readonly messages: readonly string[];
  readonly context: Readonly<Record<string, string>>;
}): string | null {
  const texts: string[] = [];
  for (const change of parts.propertyChanges) {
    if (CITING_PROPERTY.test(change.property))
      for (const value of change.newValues) if (value !== '') texts.push(value);
  }
  for (const message of parts.messages) if (message !== '') texts.push(message);
  for (const key in parts.context) {
    const value = parts.context[key];
    if (value) texts.push(value);
  }
  return texts.length === 0 ? null : texts.join('\n');
}

/** The context as text by key; nested values become JSON. */
export function flattenContext(record: JsonObject, fields: FieldReader): Record<string, string> {
  const context = fields.object(record, 'context');
  const entries: [string, string][] = [];
  for (const key in context) {
    const value = context[key];
    if (value === undefined || value === null) continue;
    entries.push([storable(key), valueText(value)]);
  }
  return entries.length === 0 ? {} : Object.fromEntries(entries);
}

/** All texts of a message, the one to show first: the finished sentence, else the pattern, else the code. */
export function messageTexts(record: JsonObject, fields: FieldReader): string[] {
  const value = record.message;
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'string') return [storable(value)];
  if (!isObject(value)) {
    fields.retyped('message', 'object', value);
    return [valueText(value)];
  }
  const texts: string[] = [];
  const add = (text: unknown): void => {
    if (typeof text === 'string' && text !== '' && !texts.includes(text)) texts.push(storable(text));
  };
  add(value.message);
  add(value.messageWithParams);
  if (isObject(value.messageParams)) for (const key in value.messageParams) add(value.messageParams[key]);
  if (texts.length === 0) add(value.localizableMessageCode);
  return texts;
}
