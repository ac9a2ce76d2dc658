import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { canonicalJson, type Json } from '@/lib/kernel/canonical-json';
import { type AppError, messageOf } from '@/lib/kernel/errors';
import { cannotTypeset, type TypesetErrorCode } from './errors';
import { codePointsOf, legible } from './model/glyphs';

/** The only families a document may name; shipped, so that a page looks the same wherever it is made. */
export const FONT_FAMILIES = { text: 'IBM Plex Sans', code: 'IBM Plex Mono' } as const;

const FONT_FILES = [
  'ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  'ibm-plex-sans/400Regular_Italic/IBMPlexSans_400Regular_Italic.ttf',
  'ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  'ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
] as const;

/**
 * A document as PDF/A-2a, tagged; the same input gives the same bytes. `source` is Typst and fixed text of ours; what varies
 * comes as `data`, which the source reads by `json(bytes(sys.inputs.data))`, so no value is ever read as mark-up. Signs that the
 * fonts lack are shown as code points, and then `sys.inputs.replaced` is `yes`, for the document to say so.
 *
 * Throws `cannot_typeset` on errors and on warnings alike: an unknown family is only a warning, and a page without its text.
 * It holds its process for as long as it takes, 6 s of a core for 5,000 rows: `typesetPdf` does it in one of its own.
 */
export async function compilePdf(document: {
  readonly source: string;
  readonly data: Json;
}): Promise<Buffer> {
  const compiler = await freshCompiler();
  const plain = canonicalJson(document.data);
  const data = canonicalJson(legibleJson(document.data));
  const inputs = { data, replaced: data === plain ? 'no' : 'yes' };
  const compiled = compiler.compile({ mainFileContent: document.source, inputs });
  const warnings = compiled.takeWarnings()?.shortDiagnostics ?? [];
  const { result } = compiled;
  if (compiled.hasError() || warnings.length > 0 || result === null)
    throw refused([...(compiled.takeDiagnostics()?.shortDiagnostics ?? []), ...warnings]);
  const pdf = written(() => compiler.pdf(result, { pdfStandard: 'a-2a' }));
  demandOwnFonts(pdf);
  return pdf;
}

function written(write: () => Buffer): Buffer {
  try {
    return write();
  } catch (thrown) {
    // What PDF/A forbids comes as an error of the exporter, not as a diagnostic.
    throw refused([messageOf(thrown)]);
  }
}

function refused(diagnostics: readonly unknown[]): AppError<TypesetErrorCode> {
  return cannotTypeset('its source has errors or warnings', JSON.stringify(diagnostics).slice(0, 2_000));
}

let glyphs: ReadonlySet<number> | undefined;

/** The data with every text legible in all the fonts. */
function legibleJson(value: Json): Json {
  glyphs ??= inAllFonts();
  if (typeof value === 'string') return legible(value, glyphs);
  if (Array.isArray(value)) return value.map(legibleJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, legibleJson(member)]));
}

function inAllFonts(): ReadonlySet<number> {
  const [first = new Set<number>(), ...others] = fonts().map(codePointsOf);
  return new Set([...first].filter((point) => others.every((font) => font.has(point))));
}

/** A compiler of its own for each document: it keeps what it compiled, and a report's data must not stay in memory. */
async function freshCompiler(): Promise<NodeCompiler> {
  // Loaded when first needed: the native part costs 40 MB that most processes never use.
  const typst = await import('@myriaddreamin/typst-ts-node-compiler');
  return typst.NodeCompiler.create({
    workspace: emptyFolder(),
    fontArgs: [{ fontBlobs: fonts() }],
  });
}

let folder: string | undefined;

/** A source may read any file of its workspace: it gets one without any. */
function emptyFolder(): string {
  folder ??= mkdtempSync(path.join(tmpdir(), 'typeset-'));
  return folder;
}

let blobs: Buffer[] | undefined;

function fonts(): Buffer[] {
  blobs ??= FONT_FILES.map((file) =>
    readFileSync(path.join(process.cwd(), 'node_modules', '@expo-google-fonts', file)),
  );
  return blobs;
}

/** System fonts cannot be shut out, so what was used is looked at, since other fonts than ours would differ from machine to machine. */
function demandOwnFonts(pdf: Buffer): void {
  const used = [...pdf.toString('latin1').matchAll(/\/BaseFont\s*\/(?:[A-Z]{6}\+)?([A-Za-z0-9-]+)/g)].map(
    (match) => match[1] ?? '',
  );
  const foreign = [...new Set(used)].filter((name) => !/^IBMPlex(Sans|Mono)/.test(name));
  if (used.length > 0 && foreign.length === 0) return;
  throw cannotTypeset('it would use other fonts than those that are shipped', foreign.join(', '));
}
