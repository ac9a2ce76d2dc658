/** Whether two ids name one object; dashes and case do not matter, since other systems drop them. */
export function sameObject(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return false;
  const bare = bareId(left);
  return bare !== '' && bare === bareId(right);
}

/** Whether two names are one: as written, or as a repository writes names into labels. */
export function sameName(left: string, right: string): boolean {
  return left.trim() === right.trim() && left.trim() !== '';
}

/** Whether a repository's label is what the name becomes there: lower case, everything but letters and digits an underscore. */
export function labelOfName(label: string, name: string): boolean {
  const bare = asLabel(name);
  return /[a-z0-9]/.test(bare) && asLabel(label) === bare;
}

function bareId(id: string): string {
  return id.replaceAll('-', '').trim().toLowerCase();
}

function asLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
