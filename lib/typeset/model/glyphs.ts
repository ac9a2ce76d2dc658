/**
 * The code points a TrueType font has glyphs for, from its `cmap` table (formats 4 and 12).
 * Source: OpenType specification, cmap.
 */
export function codePointsOf(font: Buffer): Set<number> {
  const found = new Set<number>();
  const cmap = tableAt(font, 'cmap');
  if (cmap === null) return found;
  const tables = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < tables; index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) readFormat4(font, at, found);
    if (format === 12) readFormat12(font, at, found);
  }
  return found;
}

/** The text with every sign that has no glyph written as its code point, `[U+65E5]`: shown differently is better than not shown. */
export function legible(text: string, glyphs: ReadonlySet<number>): string {
  let out = '';
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0;
    if (glyphs.has(point) || sign === '\n') out += sign;
    else if (sign === '\t' || sign === '\r') out += ' ';
    else out += `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
  }
  return out;
}

function tableAt(font: Buffer, tag: string): number | null {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  return null;
}

function readFormat4(font: Buffer, at: number, found: Set<number>): void {
  const twice = font.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + twice + 2;
  const deltas = starts + twice;
  const offsets = deltas + twice;
  for (let index = 0; index < twice; index += 2) {
    const start = font.readUInt16BE(starts + index);
    const end = font.readUInt16BE(ends + index);
    const delta = font.readUInt16BE(deltas + index);
    const offset = font.readUInt16BE(offsets + index);
    for (let point = start; point <= end && point !== 0xffff; point++) {
      const place = offsets + index + offset + (point - start) * 2;
      const raw = offset === 0 ? point : font.readUInt16BE(place);
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) found.add(point);
    }
  }
}

function readFormat12(font: Buffer, at: number, found: Set<number>): void {
  const groups = font.readUInt32BE(at + 12);
  for (let index = 0; index < groups; index++) {
    const group = at + 16 + index * 12;
    const end = font.readUInt32BE(group + 4);
    for (let point = font.readUInt32BE(group); point <= end; point++) found.add(point);
  }
}
