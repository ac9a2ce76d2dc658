import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './source-files';

export const DRIFT_CATALOGUE = 'lib/access/catalogue.gen.ts';
const FOLDER = 'lib/access/model/rules';

/** Rule files, in order. */
export function driftRuleFiles(): string[] {
  return readdirSync(path.join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
}

/** The text the catalogue must have: every rule with the SHA-256 of its file. */
export function driftCatalogueText(): string {
  const rules = driftRuleFiles().map((file) => {
    const id = file.replace(/\.ts$/, '');
    const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(ROOT, FOLDER, file)))
      .digest('hex');
    return { id, name, sha256 };
  });
  return `import type { DriftResident } from './model/drift-rule';
${rules.map(({ id, name }) => `import ${name} from './model/rules/${id}';`).join('\n')}

// Made by \`node --import tsx lib/testing/house/drift-catalogue.ts\`; a test keeps it fresh.
export const DRIFT_RESIDENTS: readonly DriftResident[] = [
${rules
  .map(({ name, sha256 }) => {
    const line = `  { rule: ${name}, sha256: '${sha256}' },`;
    return line.length <= 110 ? line : `  {\n    rule: ${name},\n    sha256: '${sha256}',\n  },`;
  })
  .join('\n')}
];
`;
}

export function driftCatalogueNow(): string {
  const file = path.join(ROOT, DRIFT_CATALOGUE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(path.join(ROOT, DRIFT_CATALOGUE), driftCatalogueText());
