import type { PatchedFile } from '@/lib/connectors/model/commit-patch';
import { objectsInDiff } from '@/lib/connectors/model/objects-in-diff';
import type { JudgedChange } from '../claim';
import { labelOfName, sameName, sameObject } from '../same-object';

/** Whether the file's diff declares the object of the change, by its id, its name or its label. */
export function touchesObject(file: PatchedFile, change: Omit<JudgedChange, 'at'>): boolean {
  if (file.patch === null) return false;
  const head = `diff --git a/${file.path} b/${file.path}\n--- a/${file.path}\n+++ b/${file.path}\n`;
  const { objects, looseIds } = objectsInDiff(`${head}${file.patch}`);
  if (looseIds.some((id) => sameObject(id, change.entityId))) return true;
  return objects.some((object) => {
    if (object.ids.some((id) => sameObject(id, change.entityId))) return true;
    if (!object.entityTypes.includes(change.entityType)) return false;
    if (object.ids.length > 0 && change.entityId !== null) return false;
    return change.entityNames.some(
      (name) => object.names.some((one) => sameName(one, name)) || labelOfName(object.label, name),
    );
  });
}
