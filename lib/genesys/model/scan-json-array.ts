/** Where one element stands in the bytes. */
export type ElementSlice = { readonly offset: number; readonly length: number };

export type ArrayScan = {
  readonly elements: readonly ElementSlice[];
  /** Position of the array's `[`. */
  readonly arrayStart: number;
  /** Position just after the array's `]`. */
  readonly arrayEnd: number;
};

/** The bytes are not what they should be; `position` counts bytes from 0. */
export class JsonScanError extends Error {
  readonly position: number;
  constructor(why: string, position: number) {
    super(`cannot find the records in the answer: ${why} at byte ${position}`);
    this.name = 'JsonScanError';
    this.position = position;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Finds where each element of an array begins and ends, without reading the elements.
 *
 * `member` names the array in the top-level object; null means that the array is the whole document. Works on bytes, so
 * that a byte-order mark, invalid UTF-8 inside strings and odd numbers survive to be hashed as they came. Structure is
 * checked (brackets, quotes, commas, nothing behind the end); what stands inside an element is left to whoever parses its
 * slice, so that one bad record spoils only itself. Throws JsonScanError with the byte position.
 */
export function scanJsonArray(bytes: Uint8Array, member: string | null): ArrayScan {
  const start = skipSpace(bytes, hasByteOrderMark(bytes) ? 3 : 0);
  const scan = member === null ? scanArray(bytes, start) : scanMember(bytes, start, member);
  const rest = skipSpace(bytes, scan.end);
  if (rest < bytes.length) throw new JsonScanError('something stands behind the end', rest);
  return scan.found;
}

/** The document with its array emptied: the envelope around the records, as bytes that can be parsed by themselves. */
export function envelopeBytes(bytes: Uint8Array, scan: ArrayScan): Uint8Array {
  const from = hasByteOrderMark(bytes) ? 3 : 0;
  const head = bytes.subarray(from, scan.arrayStart + 1);
  const tail = bytes.subarray(scan.arrayEnd - 1);
  const envelope = new Uint8Array(head.length + tail.length);
  envelope.set(head, 0);
  envelope.set(tail, head.length);
  return envelope;
}

type Scanned = { readonly found: ArrayScan; readonly end: number };

function scanMember(bytes: Uint8Array, start: number, member: string): Scanned {
  if (bytes[start] !== OPEN_OBJECT) throw new JsonScanError('an object was expected', start);
  let found: ArrayScan | null = null;
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] === CLOSE_OBJECT) throw new JsonScanError(`the member ${member} is missing`, at);
  for (;;) {
    if (bytes[at] !== QUOTE) throw new JsonScanError('a member name was expected', at);
    const nameEnd = skipString(bytes, at);
    const isTheOne = readName(bytes, at, nameEnd) === member;
    at = skipSpace(bytes, nameEnd);
    if (bytes[at] !== COLON) throw new JsonScanError('a colon was expected', at);
    at = skipSpace(bytes, at + 1);
    if (isTheOne) {
      if (found) throw new JsonScanError(`the member ${member} stands twice`, at);
      found = scanArray(bytes, at).found;
      at = found.arrayEnd;
    } else {
      at = skipValue(bytes, at);
    }
    at = skipSpace(bytes, at);
    if (bytes[at] === CLOSE_OBJECT) break;
    if (bytes[at] !== COMMA) throw new JsonScanError('a comma or the end of the object was expected', at);
    at = skipSpace(bytes, at + 1);
  }
  if (!found) throw new JsonScanError(`the member ${member} is missing`, at);
  return { found, end: at + 1 };
}

function scanArray(bytes: Uint8Array, start: number): Scanned {
  if (bytes[start] !== OPEN_ARRAY) throw new JsonScanError('an array was expected', start);
  const elements: ElementSlice[] = [];
  let at = skipSpace(bytes, start + 1);
  if (bytes[at] !== CLOSE_ARRAY) {
    for (;;) {
      const end = skipValue(bytes, at);
      elements.push({ offset: at, length: end - at });
      at = skipSpace(bytes, end);
      if (bytes[at] === CLOSE_ARRAY) break;
      if (bytes[at] !== COMMA) throw new JsonScanError('a comma or the end of the array was expected', at);
      at = skipSpace(bytes, at + 1);
    }
  }
  return { found: { elements, arrayStart: start, arrayEnd: at + 1 }, end: at + 1 };
}

/** The position after the value that begins at `at`. */
function skipValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) return skipNested(bytes, at);
  if (first === QUOTE) return skipString(bytes, at);
  const end = skipScalar(bytes, at);
  if (end === at)
    throw new JsonScanError(at >= bytes.length ? 'the answer is cut off' : 'a value was expected', at);
  return end;
}

function skipNested(bytes: Uint8Array, start: number): number {
  const length = bytes.length;
  const closers: number[] = [];
  let at = start;
  while (at < length) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = skipString(bytes, at);
      continue;
    }
    // In ASCII a closer stands two places behind its opener: [ ] are 0x5b and 0x5d, { } are 0x7b and 0x7d.
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) closers.push(byte + 2);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (closers.pop() !== byte) throw new JsonScanError('a bracket does not match', at);
      if (closers.length === 0) return at + 1;
    }
    at++;
  }
  throw new JsonScanError('the answer is cut off', length);
}

/** `at` is the opening quote; the position after the closing one. A byte of a longer UTF-8 sequence is never a quote or a backslash. */
function skipString(bytes: Uint8Array, at: number): number {
  const length = bytes.length;
  for (let next = at + 1; next < length; next++) {
    const byte = bytes[next];
    if (byte === BACKSLASH) next++;
    else if (byte === QUOTE) return next + 1;
  }
  throw new JsonScanError('the answer is cut off inside a string', length);
}

function skipScalar(bytes: Uint8Array, at: number): number {
  const length = bytes.length;
  while (at < length) {
    const byte = bytes[at]!;
    if (
      byte <= 0x20 ||
      byte === COMMA ||
      byte === COLON ||
      byte === QUOTE ||
      byte === OPEN_ARRAY ||
      byte === CLOSE_ARRAY ||
      byte === OPEN_OBJECT ||
      byte === CLOSE_OBJECT
    )
      break;
    at++;
  }
  return at;
}

function skipSpace(bytes: Uint8Array, at: number): number {
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at++;
  }
}

function readName(bytes: Uint8Array, from: number, to: number): string | null {
  const text = new TextDecoder().decode(bytes.subarray(from, to));
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : null;
  } catch {
    // A name with a broken escape is not the one we look for; the envelope's own reading will refuse it.
    return null;
  }
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
