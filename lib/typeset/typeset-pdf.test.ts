import { describe, expect, test } from 'vitest';
import { compilePdf } from './compile-pdf';
import { typesetPdf } from './typeset-pdf';

const SOURCE = `#let d = json(bytes(sys.inputs.data))
#set document(title: "Test", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: "IBM Plex Sans", lang: "en", fallback: false)
#d.text #sys.inputs.replaced`;

describe('a document', () => {
  test('is PDF/A-2a in our own fonts, and the same bytes for the same input', async () => {
    const [first, again] = [
      await compilePdf({ source: SOURCE, data: { text: 'Łódź, Ελλάδα, Привет' } }),
      await compilePdf({ source: SOURCE, data: { text: 'Łódź, Ελλάδα, Привет' } }),
    ];
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.equals(again)).toBe(true);
    const text = first.toString('latin1');
    expect(text).toMatch(/pdfaid:part>2</);
    expect(text).toMatch(/pdfaid:conformance>A</);
    expect(text).toMatch(/\/BaseFont ?\/[A-Z]{6}\+IBMPlexSans/);
  });

  test.each(['日本', '😀', 'عرب', 'ไทย', '\t'])('holds %s as code points and does not fail', async (text) => {
    expect((await compilePdf({ source: SOURCE, data: { text } })).length).toBeGreaterThan(5_000);
  });

  test('data is never source', async () => {
    const text = '#panic("run") $x$ *bold* @ref \\ ] ) <label> #read("/etc/passwd")';
    expect((await compilePdf({ source: SOURCE, data: { text } })).length).toBeGreaterThan(5_000);
  });

  test.each([
    ['an error in the source', '#nothing.such'],
    ['a family that is not there, which is only a warning', '#set text(font: "No Such Font")\nText'],
    ['a font of the compiler’s own', '#set document(title: "T", date: none)\n#set text(lang: "en")\nText'],
  ])('is refused: %s', async (_name, source) => {
    await expect(compilePdf({ source, data: {} })).rejects.toMatchObject({ code: 'cannot_typeset' });
  });
});

describe('in a process of its own', () => {
  test('it is the same document, and this process goes on meanwhile', async () => {
    const data = { text: 'Łódź' };
    let turns = 0;
    const clock = setInterval(() => turns++, 5);
    const made = await typesetPdf({ source: SOURCE, data });
    clearInterval(clock);
    expect(made.equals(await compilePdf({ source: SOURCE, data }))).toBe(true);
    expect(turns).toBeGreaterThan(10);
  });

  test('what is refused says why, and the next document is made all the same', async () => {
    const [refused, made] = await Promise.allSettled([
      typesetPdf({ source: '#nothing.such', data: {} }),
      typesetPdf({ source: SOURCE, data: { text: 'x' } }),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'cannot_typeset' } });
    expect(made.status).toBe('fulfilled');
  });
});
