/** What the bytes of a file say it is. What says nothing is bytes; text is told by being nothing but text. */
export function sniffType(bytes: Uint8Array): string {
  for (const { type, at, signature } of SIGNATURES)
    if (signature.every((byte, n) => bytes[at + n] === byte)) return type;
  return isText(bytes) ? 'text/plain' : 'application/octet-stream';
}

/** A name as a download may carry it: no path, no control signs, never empty. */
export function safeFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"]/g, '').trim();
  return clean === '' || /^\.+$/.test(clean) ? 'attachment' : clean.slice(0, 200);
}

const SIGNATURES: readonly {
  readonly type: string;
  readonly at: number;
  readonly signature: readonly number[];
}[] = [
  { type: 'application/pdf', at: 0, signature: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/png', at: 0, signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', at: 0, signature: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', at: 0, signature: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', at: 8, signature: [0x57, 0x45, 0x42, 0x50] },
  { type: 'application/zip', at: 0, signature: [0x50, 0x4b, 0x03, 0x04] },
  { type: 'application/gzip', at: 0, signature: [0x1f, 0x8b] },
];

function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text);
  } catch {
    // No UTF-8: bytes.
    return false;
  }
}
