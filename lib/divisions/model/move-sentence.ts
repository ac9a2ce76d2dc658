import { sentenceOf } from '@/lib/changes/model/sentence/sentence';
import type { RecordedMove } from './recorded-move';

/** What happened, in words: `Dana Admin moved Ravi Agent from US Sales to EMEA Restricted`, names as they were then. */
export function moveSentence(move: RecordedMove): string {
  const { target, from, to, actor } = move;
  if (move.changeId === null)
    return `${target.name ?? `${target.type} ${target.id}`} was moved from ${placeOf(from)} to ${placeOf(to)}, and no audit record says by whom`;
  return sentenceOf({
    service: '',
    entityType: target.type,
    action: 'Update',
    status: null,
    actorKind: actor.kind,
    actorId: actor.id,
    actorLabel: actor.name,
    entityId: target.id,
    entityName: target.name,
    entityLabel: target.name,
    propertyChanges: [
      {
        property: 'divisionId',
        oldValues: from.id === null ? [] : [from.id],
        newValues: to.id === null ? [] : [to.id],
      },
    ],
    nameOf: (id) => (id === from.id ? from.name : id === to.id ? to.name : null),
  });
}

function placeOf(side: RecordedMove['from']): string {
  return side.name ?? (side.id === null ? 'no division' : `division ${side.id}`);
}
