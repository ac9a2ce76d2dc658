import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { countKept, type KeptPage, pagesToCompare } from '@/lib/changes/store/read/kept-records';
import { enforcement } from '@/lib/db/enforcement';
import { messageOf } from '@/lib/kernel/errors';
import { sha256 } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { addMs } from '@/lib/kernel/instant';
import { known } from '@/lib/kernel/outcome';
import type { Keeping } from '../model/inputs';
import type { Figure, FigureContext } from './figure';

const EACH = 25;
const decompress = promisify(gunzip);

/** Reads a sample of kept pages again and compares their bytes; asks whether the database itself refuses to change facts. */
export const keeping: Figure<Keeping> = async ({ sql, vault, orgId, now }) => {
  const { pages, first, last, quarantined } = await countKept(sql, orgId);
  const sample =
    first === null || last === null
      ? []
      : await pagesToCompare(sql, { orgId, place: somewhereBetween(first, last, now), each: EACH });
  const wrong: { pageId: string; because: string }[] = [];
  for (const page of sample) {
    const because = await whyWrong(vault, page);
    if (because !== null) wrong.push({ pageId: page.pageId, because });
  }
  const enforced = await enforcement(sql);
  return known({
    pages,
    compared: sample.length,
    wrong,
    appendOnly: enforced.enforced,
    appendOnlyBecause: enforced.because,
    quarantined,
  });
};

/** Ids sort by age: another place each day, so that in time all pages are read again. */
function somewhereBetween(first: string, last: string, now: Date): string {
  const probe = newId('rawPage', addMs(now, -Math.floor(Math.random() * 366) * 86_400_000));
  return probe < first || probe > last ? first : probe;
}

async function whyWrong(vault: FigureContext['vault'], page: KeptPage): Promise<string | null> {
  try {
    const stored = await vault.get(page.vaultKey);
    const bytes = page.encoding === 'gzip' ? await decompress(stored) : stored;
    return sha256(bytes).equals(page.sha256)
      ? null
      : `page ${page.pageId} has other bytes than were received`;
  } catch (error) {
    return `page ${page.pageId} cannot be read: ${messageOf(error)}`;
  }
}
