import { describe, expect, test } from 'vitest';
import { drawerOf, IMPORT_RULES, isImpure, roomOf } from './import-rules';
import { rankOf } from './rooms';
import { importsOf, isTest, sourceFiles } from './source-files';

const files = sourceFiles().filter((file) => !isTest(file.path));

describe.each(IMPORT_RULES)('$name', ({ breaks, planted }) => {
  test('holds for every file', () => {
    const broken = files.flatMap((file) =>
      file.imports.filter((one) => breaks(file, one)).map((one) => `${file.path} -> ${one.specifier}`),
    );
    expect(broken).toEqual([]);
  });

  test('catches what it forbids', () => {
    const text = `import { x } from '${planted.specifier}';\n`;
    const imports = importsOf(planted.from, text);
    expect(
      imports.filter((one) => breaks({ path: planted.from, text, lines: 1, imports }, one)),
    ).toHaveLength(1);
  });
});

describe('models are pure', () => {
  test('no model reads a clock, draws at random or waits', () => {
    const models = files.filter((file) => roomOf(file.path) !== null && drawerOf(file.path) === 'model');
    expect(models.filter((file) => isImpure(file.text)).map((file) => file.path)).toEqual([]);
  });

  test.each(['const now = Date.now();', 'export async function f() {}', 'const at = new Date();'])(
    '"%s" would be caught',
    (text) => {
      expect(isImpure(text)).toBe(true);
    },
  );
});

test('every folder of lib is a room of the plan', () => {
  const rooms = new Set(files.map((file) => roomOf(file.path)).filter((room) => room !== null));
  expect([...rooms].filter((room) => rankOf(room) === -1)).toEqual([]);
});
