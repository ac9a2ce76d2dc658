import { describe, expect, it } from 'vitest';
import { detailRows, journalSentence } from './journal-words';

const entry = (action: string, type = 'user') => ({
  actor: { kind: 'person' as const, id: 'usr_1', name: 'Dana Admin', ip: null, requestId: null },
  action,
  object: { type, id: null },
  detail: {},
});

describe('a row of the journal in words', () => {
  it.each([
    ['changes.viewed', 'Dana Admin looked at changes'],
    ['changes.exported', 'Dana Admin exported changes'],
    ['user.created', 'Dana Admin created user'],
    ['api_key.revoked', 'Dana Admin revoked api key'],
    ['division_move.reviewed', 'Dana Admin reviewed a division move'],
    ['divisions.tagged', 'Dana Admin tagged divisions'],
    ['delivery.replayed', 'Dana Admin sent a delivery again'],
    ['response.approved', 'Dana Admin approved a response'],
    ['mute.lifted', 'Dana Admin lifted mute'],
    ['session.opened', 'Dana Admin: session opened'],
  ])('%s reads %s', (action, sentence) => {
    expect(journalSentence(entry(action))).toBe(sentence);
  });

  it('names what was changed where the entry tells', () => {
    expect(journalSentence({ ...entry('setting.changed'), detail: { name: 'policy.windows' } })).toBe(
      'Dana Admin changed setting policy.windows',
    );
  });

  it('names what it was changed to where only that has a name', () => {
    const detail = { to: { kind: 'slack', name: 'Night desk' } };
    expect(journalSentence({ ...entry('channel.added'), detail })).toBe(
      'Dana Admin added channel Night desk',
    );
  });

  it('keeps every detail, also nested ones', () => {
    expect(detailRows({ permission: 'changes.read', asked: { risk: ['high'] } })).toEqual([
      { term: 'Permission', value: 'changes.read' },
      { term: 'Asked', value: '{\n "risk": [\n  "high"\n ]\n}' },
    ]);
  });
});
