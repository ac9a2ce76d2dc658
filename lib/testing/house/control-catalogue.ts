import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './source-files';

const CATALOGUE = 'lib/controls/catalogue.gen.ts';
const FOLDER = 'lib/controls/entries';

/** Files of controls, in order. */
export function controlFiles(): string[] {
  return readdirSync(path.join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
}

/** The text the catalogue must have: every control with the SHA-256 of its file. */
export function controlCatalogueText(): string {
  const controls = controlFiles().map((file) => {
    const bytes = readFileSync(path.join(ROOT, FOLDER, file));
    const id = file.replace(/\.ts$/, '');
    return {
      id,
      name: id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  });
  return `${controls.map(({ id, name }) => `import ${name} from './entries/${id}';`).join('\n')}
import type { ResidentControl } from './model/control';

// Made by \`node --import tsx lib/testing/house/control-catalogue.ts\`; a test keeps it fresh.
export const RESIDENTS: readonly ResidentControl[] = [
${controls
  .map(({ name, sha256 }) => {
    const line = `  { control: ${name}, sha256: '${sha256}' },`;
    return line.length <= 110 ? line : `  {\n    control: ${name},\n    sha256: '${sha256}',\n  },`;
  })
  .join('\n')}
];
`;
}

/** The catalogue as it is; empty before it was made. */
export function controlCatalogueNow(): string {
  const file = path.join(ROOT, CATALOGUE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(path.join(ROOT, CATALOGUE), controlCatalogueText());
