import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './source-files';

export const DETECTION_CATALOGUE = 'lib/detections/catalogue.gen.ts';
const FOLDER = 'lib/detections/rules';

/** Rule files, in order. */
export function ruleFiles(): string[] {
  return readdirSync(path.join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
}

/** The text the catalogue must have: every rule with the SHA-256 of its file. */
export function detectionCatalogueText(): string {
  const rules = ruleFiles().map((file) => {
    const id = file.replace(/\.ts$/, '');
    const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(ROOT, FOLDER, file)))
      .digest('hex');
    return { id, name, sha256 };
  });
  return `import type { Resident } from './model/rule';
${rules.map(({ id, name }) => `import ${name} from './rules/${id}';`).join('\n')}

// Made by \`node --import tsx lib/testing/house/detection-catalogue.ts\`; a test keeps it fresh.
export const RESIDENTS: readonly Resident[] = [
${rules
  .map(({ name, sha256 }) => {
    const line = `  { rule: ${name}, sha256: '${sha256}' },`;
    return line.length <= 110 ? line : `  {\n    rule: ${name},\n    sha256: '${sha256}',\n  },`;
  })
  .join('\n')}
];
`;
}

export function detectionCatalogueNow(): string {
  const file = path.join(ROOT, DETECTION_CATALOGUE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(path.join(ROOT, DETECTION_CATALOGUE), detectionCatalogueText());
