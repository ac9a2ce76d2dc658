import { JsonScanError, scanJsonArray } from '@/lib/genesys/model/scan-json-array';

const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');

/**
 * The events of a request body, each as the bytes it came in: the elements of an array, or one event by itself. Null when the
 * body as a whole is no JSON document, so that no event in it can be told from another.
 */
export function cutEvents(body: Buffer): readonly Buffer[] | null {
  const trimmed = withoutMark(body);
  if (firstOf(trimmed) === 0x5b) return cut(trimmed);
  const single = cut(Buffer.concat([OPEN, trimmed, CLOSE]));
  // Two events behind each other with a comma between are no document.
  return single?.length === 1 ? single : null;
}

/** A page around events: an array, and where each event begins in it. */
export function packEvents(events: readonly Buffer[]): { bytes: Buffer; offsets: readonly number[] } {
  const parts: Buffer[] = [OPEN];
  const offsets: number[] = [];
  let at = 1;
  events.forEach((event, index) => {
    if (index > 0) {
      parts.push(Buffer.from(','));
      at += 1;
    }
    offsets.push(at);
    parts.push(event);
    at += event.length;
  });
  return { bytes: Buffer.concat([...parts, CLOSE]), offsets };
}

function cut(bytes: Buffer): Buffer[] | null {
  try {
    return scanJsonArray(bytes, null).elements.map(({ offset, length }) =>
      bytes.subarray(offset, offset + length),
    );
  } catch (thrown) {
    if (thrown instanceof JsonScanError) return null;
    throw thrown;
  }
}

function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

function firstOf(bytes: Buffer): number | undefined {
  return bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
}
