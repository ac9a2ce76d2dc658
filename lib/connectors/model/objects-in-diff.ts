import { entityTypesOf, FLOW_KINDS } from './resource-types';
import { idsInText } from './ticket';

/** A platform object whose declaration a diff touches. */
export type DiffObject = {
  /** Terraform's resource type, or `flow` for a flow's own file. */
  readonly resourceType: string;
  /** Entity types of audit records it may show under. */
  readonly entityTypes: readonly string[];
  /** Name of the block in the repository; exports make it from the object's name. */
  readonly label: string;
  /** Names written out in the block, old and new; none where they are computed. */
  readonly names: readonly string[];
  /** Ids the block gives the object itself, in lower case; ids of other objects it refers to do not count. */
  readonly ids: readonly string[];
};

export type ObjectsInDiff = {
  readonly files: readonly string[];
  readonly objects: readonly DiffObject[];
  readonly looseIds: readonly string[];
};

type Block = {
  resourceType: string;
  entityTypes: readonly string[];
  label: string;
  names: Set<string>;
  ids: Set<string>;
  touched: boolean;
};

const RESOURCE = /^\s*resource\s+"(genesyscloud_\w+)"\s+"([^"]+)"\s*\{/;
const OTHER_BLOCK =
  /^(data|variable|locals|module|output|provider|terraform|import|moved|removed|check)\b.*\{/;
const IMPORT_TARGET = /^\s+to\s*=\s*(genesyscloud_\w+)\.(\w+)/;
const NAME = /^ {2}(?:name|email)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/;
const OWN_ID = /^\s*(?:(?:#|\/\/)\s*(?:genesys\s+)?id\b|id\s*=)/i;
const FLOW_KEY = /^([A-Za-z]+):\s*$/;
const FLOW_NAME = /^ {2}name:\s*(.+?)\s*$/;

/**
 * The platform objects whose declarations a unified diff touches, by file, resource block and flow. Requires a diff with function
 * context (`git … -p -W`), so that the head of every touched block is in it; a block without a changed line is context only.
 */
export function objectsInDiff(diff: string): ObjectsInDiff {
  const files = new Set<string>();
  const looseIds = new Set<string>();
  const blocks: Block[] = [];
  let path = '';
  let block: Block | null = null;
  let inHunk = false;

  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      inHunk = false;
      block = null;
      path = '';
    } else if (!inHunk && (line.startsWith('--- ') || line.startsWith('+++ '))) {
      const named = pathOf(line.slice(4));
      if (named !== null) {
        path = named;
        files.add(named);
      }
    } else if (line.startsWith('@@ ')) {
      inHunk = true;
      block = opened(line.replace(/^@@ [^@]*@@ ?/, ''), path, blocks);
    } else if (inHunk && /^[ +-]/.test(line)) {
      const text = line.slice(1).replace(/\r$/, '');
      const touched = line[0] !== ' ';
      if (endsBlock(text, path)) block = touchedBy(block, touched, null);
      else {
        const begun = begins(text, path) ? opened(text, path, blocks) : undefined;
        if (begun !== undefined) block = begun;
        read(text, { path, block, touched, looseIds });
        touchedBy(block, touched, block);
      }
    }
  }
  const objects = merged(blocks.filter((one) => one.touched));
  for (const object of objects) for (const id of object.ids) looseIds.delete(id);
  return { files: [...files], objects, looseIds: [...looseIds] };
}

function pathOf(text: string): string | null {
  if (text === '/dev/null') return null;
  const bare = text.startsWith('"') ? text.slice(1, -1) : text.replace(/\t$/, '');
  return bare.replace(/^[ab]\//, '');
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

function begins(text: string, path: string): boolean {
  return isYaml(path) ? FLOW_KEY.test(text) : RESOURCE.test(text) || OTHER_BLOCK.test(text);
}

function endsBlock(text: string, path: string): boolean {
  return !isYaml(path) && /^\}/.test(text);
}

/** The block that a line opens: null for one that declares no platform object. */
function opened(text: string, path: string, blocks: Block[]): Block | null {
  const flow = isYaml(path) ? FLOW_KEY.exec(text)?.[1] : undefined;
  if (flow !== undefined) return FLOW_KINDS.has(flow) ? keep(blocks, 'flow', path, ['Flow']) : null;
  const [, resourceType, label] = RESOURCE.exec(text) ?? [];
  if (resourceType !== undefined && label !== undefined)
    return keep(blocks, resourceType, label, entityTypesOf(resourceType));
  return /^import\s*\{/.test(text) ? keep(blocks, '', '', []) : null;
}

function keep(blocks: Block[], resourceType: string, label: string, entityTypes: readonly string[]): Block {
  const block: Block = { resourceType, entityTypes, label, names: new Set(), ids: new Set(), touched: false };
  blocks.push(block);
  return block;
}

function touchedBy<Next>(block: Block | null, touched: boolean, next: Next): Next {
  if (block !== null && touched) block.touched = true;
  return next;
}

function read(
  text: string,
  at: { path: string; block: Block | null; touched: boolean; looseIds: Set<string> },
): void {
  const { block } = at;
  const ids = idsInText(text);
  if (block !== null) {
    const target = IMPORT_TARGET.exec(text);
    if (block.resourceType === '' && target !== null) {
      block.resourceType = target[1] ?? '';
      block.label = target[2] ?? '';
      block.entityTypes = entityTypesOf(block.resourceType);
    }
    const name = isYaml(at.path)
      ? FLOW_NAME.exec(text)?.[1]?.replace(/^(["'])(.*)\1$/, '$2')
      : NAME.exec(text)?.[1];
    if (name !== undefined && name !== '' && !name.includes('${')) block.names.add(unescaped(name));
    if (OWN_ID.test(text)) for (const id of ids) block.ids.add(id);
  }
  if (at.touched) for (const id of ids) at.looseIds.add(id);
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

/** One object for each declaration, however many hunks show it; an import and its resource are one. */
function merged(blocks: readonly Block[]): DiffObject[] {
  const byKey = new Map<string, Block>();
  for (const block of blocks) {
    if (block.resourceType === '') continue;
    const key = `${block.resourceType} ${block.label}`;
    const known = byKey.get(key);
    if (known === undefined)
      byKey.set(key, { ...block, names: new Set(block.names), ids: new Set(block.ids) });
    else {
      for (const name of block.names) known.names.add(name);
      for (const id of block.ids) known.ids.add(id);
    }
  }
  return [...byKey.values()].map(({ resourceType, entityTypes, label, names, ids }) => ({
    resourceType,
    entityTypes,
    label,
    names: [...names],
    ids: [...ids],
  }));
}
